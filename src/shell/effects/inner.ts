import type { Word } from "../analysis.ts";
import type { Input, Verdict } from "./verdict.ts";

/** A command that another program runs. */
export interface Inner {
  /** Its words, or the text of a script for a shell, in which holes stand for what only a run can tell. */
  readonly words?: readonly Word[];
  readonly script?: string;
  /** The word that holds the script; null where that is the program's input. */
  readonly holder?: { readonly start: number; readonly end: number } | null;
  /** Where it runs, as a person says it: `on node-1`. Undefined for here. */
  readonly elsewhere?: string;
  /** Whether a shell reads its words once more, as ssh's and watch's are. */
  readonly reread?: boolean;
  readonly input?: Input;
}

/** A program that runs others: what it does itself, and what it runs. */
export interface Unwrapped {
  readonly own: Verdict;
  readonly inner: readonly Inner[];
}
