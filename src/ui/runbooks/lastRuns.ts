import { type Disposable, EventEmitter, type Uri, workspace } from "vscode";
import type { RunJournal, RunRecord } from "../../journal/runRecord.ts";
import { durationText } from "../../run/runSummary.ts";
import type { Block } from "../../runbook/runbook.ts";
import { clockTime, day, runOutcome } from "../history/runOutcome.ts";
import type { BlockRuns, BlockState } from "../lens/blockRuns.ts";
import { type BlockWords, blockStateWords } from "../lens/blockStateWords.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";

/** What last runs are known from. */
export interface LastRunParts {
  readonly journal: RunJournal;
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly onProblem: (error: unknown) => void;
}

/** The last run of each block: as this window has seen it, else as the journal tells of earlier windows. */
export class LastRuns implements Disposable {
  readonly #parts: LastRunParts;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  /** The newest runs of whole blocks in the journal. */
  #earlier = new Map<string, RunRecord>();

  constructor(parts: LastRunParts) {
    this.#parts = parts;
    this.#listener = parts.blockRuns.onDidChange(() => this.#changed.fire());
  }

  /** Undefined where the block was never run, as far as is known; `now` in ms since the epoch. */
  of(runbook: Uri, block: Block, now: number): BlockWords | undefined {
    const state = this.#state(runbook, block);
    const seen = state && blockStateWords(state);
    if (seen) return seen;
    const record = this.#earlier.get(keyOf(runbook.toString(), block.id));
    return record && earlierRun(record, now);
  }

  /** Reads the journal anew. */
  refresh(): void {
    this.#read().catch(this.#parts.onProblem);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #state(runbook: Uri, { id }: Block): BlockState | undefined {
    const { runbooks, blockRuns } = this.#parts;
    const document = workspace.textDocuments.find(({ uri }) => uri.toString() === runbook.toString());
    const followed = document && runbooks.blocks(document).find(({ block }) => block.id === id);
    return followed && blockRuns.state(followed.key);
  }

  async #read(): Promise<void> {
    const newest = new Map<string, RunRecord>();
    for (const record of await this.#parts.journal.list()) {
      const { runbook, block, command } = record.start.origin;
      if (runbook === null || block === null || command !== null) continue;
      const key = keyOf(runbook, block);
      if (!newest.has(key)) newest.set(key, record);
    }
    this.#earlier = newest;
    this.#changed.fire();
  }
}

/** Such as `done, exit 0 · 1.3 s · 02:14:03`. */
function earlierRun(record: RunRecord, now: number): BlockWords {
  const { icon, words } = runOutcome(record);
  const { at } = record.start;
  const took = record.ended ? [durationText(record.ended.durationMs)] : [];
  return { icon, words: [words, ...took, day(at) === day(now) ? clockTime(at) : day(at)].join(" · ") };
}

function keyOf(runbook: string, block: string): string {
  return `${runbook}#${block}`;
}
