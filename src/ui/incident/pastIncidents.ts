import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { window } from "vscode";
import { entriesOf, type IncidentEntry, mergeEntries } from "../../incident/entry.ts";
import { readEntries } from "../../incident/readEntry.ts";
import { incidentTimes } from "../../incident/times.ts";
import { describeTarget } from "../../plan/plan.ts";
import { secondsWords } from "../../recovery/recoveryClock.ts";
import { dateAndTime } from "../history/runOutcome.ts";
import { pickLabel } from "../shownText.ts";

/** A list is no archive: the newest are enough. */
const mostListed = 50;
const mostWords = 120;

/** The entries of the incidents that are kept in a folder, in order, the newest incident first; those of other runbooks left out where a file name is given. */
export async function pastIncidents(folder: string, runbook: string | null): Promise<IncidentEntry[][]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // None was ever started.
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".jsonl"));
  const all = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8").then(readEntries)));
  return all
    .map((entries) => mergeEntries(entries))
    .filter((entries) => {
      const [started] = entriesOf(entries, "started");
      return started && (runbook === null || started.runbook === runbook);
    })
    .sort((one, other) => (other[0]?.at ?? 0) - (one[0]?.at ?? 0))
    .slice(0, mostListed);
}

/** One of some incidents, as the person picks it; at once where there is only one. */
export async function pickIncident(
  incidents: readonly IncidentEntry[][],
  title: string,
): Promise<IncidentEntry[] | undefined> {
  if (incidents.length <= 1) return incidents[0];
  const items = incidents.map((entries) => {
    const [started] = entriesOf(entries, "started");
    const { began, recovered } = incidentTimes(entries);
    const how = recovered === null ? "not recovered" : `recovered in ${secondsWords((recovered - began) / 1000)}`;
    const going = entries.some(({ type }) => type === "ended") ? [] : ["not ended"];
    return {
      label: pickLabel(started?.title ?? "", mostWords),
      description: [dateAndTime(began), how, ...going].join(" · "),
      detail: pickLabel(`${started?.runbook ?? "no runbook"} · ${describeTarget(started?.target ?? null)}`, mostWords),
      entries,
    };
  });
  return (await window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.entries;
}

/** One of the incidents that are kept in a folder, as the person picks it; undefined where there is none, which is told. */
export async function pickPastIncident(folder: string, title: string): Promise<IncidentEntry[] | undefined> {
  const past = await pastIncidents(folder, null);
  if (past.length === 0) await window.showInformationMessage("There was no incident yet: start one first.");
  return pickIncident(past, title);
}
