import { QuickPickItemKind, Uri, window, workspace } from "vscode";
import type { KeptRecovery } from "../../journal/recoveries.ts";
import { describeTarget } from "../../plan/plan.ts";
import { measuredSeconds } from "../../recovery/measuredRecovery.ts";
import { secondsWords } from "../../recovery/recoveryClock.ts";
import { dateAndTime } from "../history/runOutcome.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { showPart } from "../runbooks/openRunbookParts.ts";
import { pickLabel } from "../shownText.ts";
import { comparedWords } from "./recoveryWords.ts";

/** A quick pick is no archive: of each scenario the newest are enough. */
const mostOfOne = 20;
const mostWords = 160;

/** Lists what was measured, by scenario, the newest first; the one that is picked leads to its scenario. */
export async function showRecoveries(all: readonly KeptRecovery[], runbooks: OpenRunbooks): Promise<void> {
  if (all.length === 0) {
    const how = "Start a scenario of a runbook: its clock measures from the first trouble to the validation.";
    await window.showInformationMessage(`No recovery was measured yet. ${how}`);
    return;
  }
  const newestFirst = all.toReversed();
  const scenarios = Map.groupBy(newestFirst, ({ runbook, scenario }) => JSON.stringify([runbook, scenario]));
  const items = [...scenarios.values()].flatMap((recoveries) => [
    ...recoveries.slice(0, 1).map(headOf),
    ...recoveries.slice(0, mostOfOne).map(itemOf),
  ]);
  const options = { title: "Measured Recoveries", matchOnDescription: true, matchOnDetail: true };
  const picked = await window.showQuickPick<(typeof items)[number]>(items, options);
  if (picked && "recovery" in picked) await openScenario(picked.recovery, runbooks);
}

function headOf({ scenario }: KeptRecovery) {
  return { label: pickLabel(scenario, mostWords), kind: QuickPickItemKind.Separator };
}

function itemOf(recovery: KeptRecovery) {
  const { runbook, target, endedAt, why, by } = recovery;
  const seconds = measuredSeconds(recovery);
  const late = seconds === null || (recovery.expected && seconds > recovery.expected[1]);
  const place = [workspace.asRelativePath(Uri.parse(runbook)), describeTarget(target), `by ${by}`, why];
  return {
    label: `$(${late ? "warning" : "pass"}) ${seconds === null ? "not recovered" : secondsWords(seconds)}`,
    description: `${dateAndTime(endedAt)} · ${comparedWords(recovery)}`,
    detail: pickLabel(place.filter((part) => part !== "").join(" · "), mostWords),
    recovery,
  };
}

async function openScenario({ runbook, scenario }: KeptRecovery, runbooks: OpenRunbooks): Promise<void> {
  const uri = Uri.parse(runbook);
  const { scenarios } = runbooks.runbook(await workspace.openTextDocument(uri));
  await showPart(uri, scenarios.find(({ title }) => title === scenario)?.line ?? 0);
}
