import { EventEmitter } from "vscode";
import type { Execution } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";

/** What happens with one block: from the click until bash starts it is being prepared. */
export type BlockState =
  | { readonly state: "idle"; readonly last: RunResult | null }
  | { readonly state: "preparing"; readonly words: string; readonly cancel: () => void }
  | { readonly state: "running"; readonly execution: Execution };

/** What a start can tell and be told while the block is being prepared. */
export interface Preparing {
  /** Aborts when the person stops the block before it has begun. */
  readonly signal: AbortSignal;
  /** Says what is waited for. */
  say(words: string): void;
}

const untouched: BlockState = { state: "idle", last: null };

/** The running and last runs of the blocks, by their keys. */
export class BlockRuns {
  readonly #states = new Map<string, BlockState>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  state(key: string): BlockState {
    return this.#states.get(key) ?? untouched;
  }

  /**
   * Runs a block from the click on: `start` may give null where the run was refused. Never two runs of one block. Gives how
   * the run ended; null where it did not begin.
   */
  async run(key: string, start: (preparing: Preparing) => Promise<Execution | null>): Promise<RunResult | null> {
    const before = this.state(key);
    if (before.state !== "idle") return null;
    const aborting = new AbortController();
    const say = (words: string) => this.#set(key, { state: "preparing", words, cancel: () => aborting.abort() });
    say("preparing");
    let execution: Execution | null = null;
    try {
      execution = await start({ signal: aborting.signal, say });
    } catch (error) {
      if (!aborting.signal.aborted) throw error;
    } finally {
      this.#set(key, execution ? { state: "running", execution } : before);
    }
    if (!execution) return null;
    const last = await execution.ended;
    this.#set(key, { state: "idle", last });
    return last;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(key: string, state: BlockState): void {
    this.#states.set(key, state);
    this.#changed.fire();
  }
}
