import { drillTitle, putBackTitle } from "../recovery/actions.ts";
import { entriesOf, type IncidentEntry } from "./entry.ts";

/** The moments that matter, in ms since the epoch; null where they did not come. */
export interface IncidentTimes {
  /** Since when the first workload was not whole, or the start of the incident where that was earlier. */
  readonly began: number;
  /** When that was seen, by Podbook or by who started the incident. */
  readonly detected: number;
  /** The first thing that a person did: the start of the incident, a run or a note. */
  readonly acknowledged: number | null;
  /** The end of the first change that succeeded, besides those by which a drill breaks and restores. */
  readonly mitigated: number | null;
  /** When all workloads were whole, for good. */
  readonly recovered: number | null;
}

/** Reads the moments from the entries, which are in order. */
export function incidentTimes(entries: readonly IncidentEntry[]): IncidentTimes {
  const [started] = entriesOf(entries, "started");
  const about = started?.workloads ?? [];
  const transitions = entriesOf(entries, "workload").filter(({ name }) => about.length === 0 || about.includes(name));
  const trouble = transitions.find(({ whole }) => !whole);
  const acts = entries.filter(({ type }) => type === "started" || type === "run" || type === "note");
  const change = entriesOf(entries, "run").find(
    ({ effect, succeeded, title }) => effect !== "read" && succeeded && !title.startsWith(drillTitle),
  );
  const restoredAt =
    entriesOf(entries, "run").find(({ title }) => title.startsWith(putBackTitle))?.at ?? Number.POSITIVE_INFINITY;
  const seen = [trouble, started].flatMap((entry) => entry?.at ?? []);
  const detected = seen.length > 0 ? Math.min(...seen) : (entries[0]?.at ?? 0);
  return {
    began: Math.min(detected, trouble?.since ?? detected),
    detected,
    acknowledged: acts[0]?.at ?? null,
    mitigated: change?.endedAt ?? null,
    // What a drill puts back has not recovered.
    recovered: recoveredAt(transitions.filter(({ at }) => at < restoredAt)),
  };
}

/** When the last workload became whole; null where one is not, or none ever was in trouble. */
function recoveredAt(transitions: readonly { name: string; whole: boolean; at: number }[]): number | null {
  const last = new Map(transitions.map((one) => [one.name, one]));
  const troubled = [...last.values()].filter(({ name }) => transitions.some((one) => one.name === name && !one.whole));
  if (troubled.length === 0 || troubled.some(({ whole }) => !whole)) return null;
  return Math.max(...troubled.map(({ at }) => at));
}
