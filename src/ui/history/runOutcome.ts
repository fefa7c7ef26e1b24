import type { RunRecord } from "../../journal/runRecord.ts";
import { durationText } from "../../run/runSummary.ts";

/** How a run went, for a person: never by the icon alone. */
export interface RunOutcome {
  /** Name of a codicon. */
  readonly icon: string;
  readonly mark: "✓" | "✗" | "■" | "⏵";
  readonly words: string;
}

/** How a run of the journal ended. */
export function runOutcome({ ended }: RunRecord): RunOutcome {
  if (!ended) return { icon: "sync", mark: "⏵", words: "running" };
  switch (ended.outcome) {
    case "exited":
      return ended.exitCode === 0
        ? { icon: "pass", mark: "✓", words: "done, exit 0" }
        : { icon: "error", mark: "✗", words: `failed, exit ${ended.exitCode}` };
    case "killed":
      return { icon: "error", mark: "✗", words: `killed by ${ended.signal}` };
    case "stopped":
      return { icon: "debug-stop", mark: "■", words: "stopped" };
    case "timed-out":
      return { icon: "watch", mark: "✗", words: "timed out" };
    case "not-started":
      return { icon: "circle-slash", mark: "✗", words: "not started" };
    case "interrupted":
      return { icon: "debug-disconnect", mark: "✗", words: "interrupted" };
  }
}

/** The line that ends a run in the output, without its duration where that is not wanted. */
export function lastLine(record: RunRecord, duration = true): string {
  const { mark, words } = runOutcome(record);
  const { ended } = record;
  const why = ended?.outcome === "interrupted" ? ": the editor ended while it ran" : "";
  const problem = ended?.problem ? `: ${ended.problem}` : why;
  return `${mark} ${words}${problem}${duration && ended ? ` · ${durationText(ended.durationMs)}` : ""}`;
}

/** Local date and time of a moment in ms since the epoch: `2026-11-25 02:14:03`. */
export function dateAndTime(at: number): string {
  return `${day(at)} ${clockTime(at)}`;
}

/** Local date: `2026-11-25`. */
export function day(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local time: `02:14:03`. */
export function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
