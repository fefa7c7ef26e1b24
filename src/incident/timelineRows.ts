import type { IncidentEntry } from "./entry.ts";

/** A row of a timeline: something that happened, or the details between two of these, of which there are many. */
export type TimelineRow =
  | { readonly kind: "entry"; readonly entry: IncidentEntry }
  | { readonly kind: "details"; readonly entries: readonly IncidentEntry[] };

/** One detail needs no row around it. */
const fewDetails = 1;

/**
 * The rows of a timeline, the newest first: what people did and what became of the whole, with single pods and what the cluster
 * says of its normal work as details between them.
 */
export function timelineRows(entries: readonly IncidentEntry[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let details: IncidentEntry[] = [];
  const close = () => {
    if (details.length > fewDetails) rows.push({ kind: "details", entries: details.reverse() });
    else rows.push(...details.map((entry) => ({ kind: "entry" as const, entry })));
    details = [];
  };
  for (const entry of entries.toSorted((one, other) => one.at - other.at)) {
    if (isDetail(entry)) details.push(entry);
    else {
      close();
      rows.push({ kind: "entry", entry });
    }
  }
  close();
  return rows.reverse();
}

/** As in `14 changes of pods, 3 events`. */
export function detailWords(entries: readonly IncidentEntry[]): string {
  const pods = entries.filter(({ type }) => type === "pod").length;
  const events = entries.length - pods;
  const counted = (count: number, one: string, several: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  return [...counted(pods, "change of pods", "changes of pods"), ...counted(events, "event", "events")].join(", ");
}

/** Whether a person who reads what happened can do without it. */
export function isDetail(entry: IncidentEntry): boolean {
  return entry.type === "pod" || (entry.type === "event" && !entry.warning);
}
