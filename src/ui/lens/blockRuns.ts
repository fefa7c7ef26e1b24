import { EventEmitter } from "vscode";
import type { Run, RunResult } from "../../run/run.ts";

/** What happens with one block: `run` is null from the click until bash starts. */
export type BlockState =
  | { readonly state: "idle"; readonly last: RunResult | null }
  | { readonly state: "running"; readonly run: Run | null };

const untouched: BlockState = { state: "idle", last: null };

/** The running and last runs of the blocks, by their keys. */
export class BlockRuns {
  readonly #states = new Map<string, BlockState>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  state(key: string): BlockState {
    return this.#states.get(key) ?? untouched;
  }

  /** Runs a block from the click on: `start` may give null where the run was refused. Never two runs of one block. */
  async run(key: string, start: () => Promise<Run | null>): Promise<void> {
    const before = this.state(key);
    if (before.state === "running") return;
    this.#set(key, { state: "running", run: null });
    let run: Run | null = null;
    try {
      run = await start();
    } finally {
      this.#set(key, run ? { state: "running", run } : before);
    }
    if (run) this.#set(key, { state: "idle", last: await run.ended });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(key: string, state: BlockState): void {
    this.#states.set(key, state);
    this.#changed.fire();
  }
}
