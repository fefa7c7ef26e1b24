import type { RunRecord } from "../../journal/runRecord.ts";
import { describeTarget } from "../../plan/plan.ts";
import { durationText } from "../../run/runSummary.ts";
import { clockTime, day, runOutcome } from "./runOutcome.ts";

/** A row of the list of runs; a heading has no record. */
export interface RunItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly record?: RunRecord;
}

const longestDetail = 200;

/** The rows for runs, the newest first, each day under a heading; `now` in ms since the epoch. */
export function runItems(records: readonly RunRecord[], now: number): RunItem[] {
  const items: RunItem[] = [];
  let heading = "";
  for (const record of records) {
    const itsDay = dayWords(record.start.at, now);
    if (itsDay !== heading) items.push({ label: itsDay });
    heading = itsDay;
    items.push(runItem(record));
  }
  return items;
}

function runItem(record: RunRecord): RunItem {
  const { start, ended } = record;
  const { icon, words } = runOutcome(record);
  const took = ended ? ` · ${durationText(ended.durationMs)}` : "";
  const commands = start.origin.command ?? (start.commands.map(({ text }) => text).join(" ; ") || start.script);
  return {
    label: `$(${icon}) ${start.title}`,
    description: `${words}${took} · ${clockTime(start.at)} · ${describeTarget(start.target)}`,
    detail: commands.replaceAll(/\s+/g, " ").trim().slice(0, longestDetail),
    record,
  };
}

function dayWords(at: number, now: number): string {
  const date = day(at);
  if (date === day(now)) return "Today";
  const noon = new Date(now);
  noon.setHours(12, 0, 0, 0);
  return date === day(noon.getTime() - 24 * 3_600_000) ? "Yesterday" : date;
}

/** The run of the same block, or the same command of it, before this one; undefined where there is none. */
export function previousRun(record: RunRecord, records: readonly RunRecord[]): RunRecord | undefined {
  const same = ({ start }: RunRecord) =>
    start.origin.runbook === record.start.origin.runbook &&
    start.origin.block === record.start.origin.block &&
    start.origin.command === record.start.origin.command &&
    (start.origin.block !== null || start.title === record.start.title);
  return records
    .filter((other) => same(other) && other.start.id < record.start.id)
    .sort((one, other) => (one.start.id < other.start.id ? 1 : -1))[0];
}
