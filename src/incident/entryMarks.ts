import type { ChartMark } from "../metrics/chart.ts";
import { plainLabel } from "../metrics/plainLabel.ts";
import { changesService } from "../recovery/podTransition.ts";
import type { Happening, IncidentEntry } from "./entry.ts";
import { entryWords } from "./entryWords.ts";

const mostWords = 160;

const kinds: Readonly<Partial<Record<Happening["type"], ChartMark["kind"]>>> = {
  started: "incident",
  run: "run",
  workload: "workload",
  restart: "workload",
  pod: "workload",
  note: "note",
  metric: "metric",
  ended: "incident",
};

/** What charts point out of an incident: runs, what became of workloads, pods that begin to serve or end it, notes, crossings of metrics, beginning and end; in order. */
export function entryMarks(entries: readonly IncidentEntry[]): ChartMark[] {
  return entries.flatMap((entry) => {
    if (entry.type === "pod" && !changesService(entry)) return [];
    const kind = kinds[entry.type];
    return kind ? [{ at: entry.at, kind, words: plainLabel(entryWords(entry), mostWords) }] : [];
  });
}
