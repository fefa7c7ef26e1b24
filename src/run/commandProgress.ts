import type { CommandMark } from "./commandMarks.ts";

/** A command of the plan has begun. */
export interface CommandBegin {
  readonly type: "begin";
  /** Index of the command in the plan. */
  readonly index: number;
}

/** A command of the plan has ended. */
export interface CommandEnd {
  readonly type: "end";
  readonly index: number;
  readonly status: number;
  readonly durationMs: number;
}

/** What happens to the commands of a plan while it runs. */
export type CommandProgress = CommandBegin | CommandEnd;

/** What became of a command when its run had ended. */
export type CommandState = "finished" | "cut" | "never-started";

/**
 * Turns the marks of a run into beginnings and ends. Where bash passed over a command without a mark (a subshell, a
 * second command in a line), nobody knows how those before it ended, and nothing is said of that.
 */
export class CommandTracker {
  readonly #now: () => number;
  readonly #tell: (progress: CommandProgress) => void;
  #open: { readonly index: number; readonly at: number } | undefined;
  #openEnded = false;

  /** `now` is monotonic, in ms. */
  constructor(now: () => number, tell: (progress: CommandProgress) => void) {
    this.#now = now;
    this.#tell = tell;
  }

  mark({ index, lastStatus }: CommandMark): void {
    const from = (this.#open?.index ?? -1) + 1;
    if (from === index) this.#end(lastStatus);
    this.#open = { index, at: this.#now() };
    for (let passed = from; passed <= index; passed++) this.#tell({ type: "begin", index: passed });
  }

  /** The script has ended with this status; null where a signal or a stop ended it. */
  ended(exitCode: number | null, commands: number): void {
    this.#openEnded = exitCode !== null;
    if (exitCode !== null && this.#open?.index === commands - 1) this.#end(exitCode);
  }

  /** What became of each of the commands; empty where no mark was seen. */
  states(commands: number): CommandState[] {
    const open = this.#open?.index;
    if (open === undefined) return [];
    return Array.from({ length: commands }, (_, index) => {
      if (index > open) return "never-started";
      return index < open || this.#openEnded ? "finished" : "cut";
    });
  }

  #end(status: number): void {
    const open = this.#open;
    if (open) this.#tell({ type: "end", index: open.index, status, durationMs: this.#now() - open.at });
  }
}
