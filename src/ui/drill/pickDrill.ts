import { type TextDocument, Uri, window, workspace } from "vscode";
import { type FailureKind, type FailureTarget, failureWords, possibleFailures } from "../../drill/failure.ts";
import { rangeWords } from "../../recovery/recoveryClock.ts";
import type { Scenario } from "../../runbook/scenarios.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { workspaceRunbooks } from "../runbooks/workspaceRunbooks.ts";
import { runbookPatterns } from "../settings.ts";
import { pickLabel } from "../shownText.ts";
import type { DrillWay } from "./drillPlan.ts";

const mostWords = 150;

/** A scenario with its runbook. */
export interface PickedScenario {
  readonly document: TextDocument;
  readonly scenario: Scenario;
}

/**
 * The scenario to drill: of a row of the view Runbooks, else what the person picks, those of the active runbook first;
 * undefined where they leave.
 */
export async function pickScenario(row: unknown, runbooks: OpenRunbooks): Promise<PickedScenario | undefined> {
  const given = row as { readonly uri?: unknown; readonly part?: { readonly line?: unknown } } | undefined;
  if (given?.uri instanceof Uri) {
    const document = await workspace.openTextDocument(given.uri);
    const scenario = runbooks.runbook(document).scenarios.find(({ line }) => line === given.part?.line);
    return scenario && { document, scenario };
  }
  const active = activeRunbook()?.uri.toString();
  const found = await workspaceRunbooks(runbookPatterns(), runbooks);
  const ordered = found.toSorted(
    (one, other) => Number(other.uri.toString() === active) - Number(one.uri.toString() === active),
  );
  const items = ordered.flatMap(({ uri, runbook }) =>
    runbook.scenarios.map((scenario) => ({
      label: pickLabel(scenario.title, mostWords),
      description: scenario.expectedRecoverySeconds ? `expected ${rangeWords(scenario.expectedRecoverySeconds)}` : "",
      detail: pickLabel(workspace.asRelativePath(uri), mostWords),
      uri,
      line: scenario.line,
    })),
  );
  if (items.length === 0) {
    await window.showInformationMessage("No runbook of this workspace has a scenario to drill.");
    return undefined;
  }
  const picked = await window.showQuickPick(items, { title: "Drill which scenario?", matchOnDetail: true });
  if (!picked) return undefined;
  const document = await workspace.openTextDocument(picked.uri);
  const scenario = runbooks.runbook(document).scenarios.find(({ line }) => line === picked.line);
  return scenario && { document, scenario };
}

/** What shall fail, and how; undefined where the person leaves. */
export async function pickFailure(
  targets: readonly FailureTarget[],
): Promise<{ readonly failure: FailureKind; readonly target: FailureTarget } | undefined> {
  const items = targets.flatMap((target) =>
    possibleFailures(target).map((failure) => ({ label: failureWords(failure, target.state.name), failure, target })),
  );
  return window.showQuickPick(items, { title: "Which failure?" });
}

/** Who follows the scenario; undefined where the person leaves. `changing` is how many of its blocks could intervene. */
export async function pickWay(changing: number): Promise<DrillWay | undefined> {
  const blocks = `${changing} changing ${changing === 1 ? "block" : "blocks"}`;
  const items: { label: string; detail: string; way: DrillWay }[] = [
    {
      label: "Follow it by itself, reading only",
      detail: "Runs what detects and validates, and waits for the recovery",
      way: "reading",
    },
    ...(changing > 0
      ? [
          {
            label: "Follow it by itself, with interventions",
            detail: `The same; where nothing recovers in the expected time, the runbook's ${blocks} run too`,
            way: "intervening" as const,
          },
        ]
      : []),
    {
      label: "Follow it with me",
      detail: "The scenario opens step by step, and you run what is needed",
      way: "with-me",
    },
  ];
  return (await window.showQuickPick(items, { title: "Who follows the scenario?" }))?.way;
}
