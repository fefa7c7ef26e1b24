import { shortResult } from "../../run/runSummary.ts";
import type { BlockState } from "./blockRuns.ts";

/** How a block stands, on a row: never by the icon alone. */
export interface BlockWords {
  /** Name of a codicon. */
  readonly icon: string;
  /** Such as `running` or `✓ 0 · 1.3 s`. */
  readonly words: string;
}

/** What a block that nothing is known of says. */
export const notRun: BlockWords = { icon: "circle-outline", words: "not run" };

/** The words for what this window knows of a block; undefined where it was not run in it. */
export function blockStateWords(state: BlockState): BlockWords | undefined {
  if (state.state === "running") return { icon: "sync~spin", words: "running" };
  if (state.state === "preparing") return { icon: "ellipsis", words: state.words };
  return state.last
    ? { icon: state.last.exitCode === 0 ? "pass" : "error", words: shortResult(state.last) }
    : undefined;
}
