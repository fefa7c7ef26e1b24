import { commands, type Disposable, type TextDocument, window } from "vscode";
import { blockTitle } from "../plan/blockScript.ts";
import { PlanError } from "../plan/planError.ts";
import type { RunResult } from "../run/runResult.ts";
import { shortResult } from "../run/runSummary.ts";
import { patientStop } from "../run/stopTimes.ts";
import type { FollowedBlock } from "../runbook/followBlocks.ts";
import type { BlockCommands } from "./commands/blockCommands.ts";
import type { BlockRuns } from "./lens/blockRuns.ts";
import type { OpenRunbooks } from "./lens/openRunbooks.ts";
import { messageText } from "./shownText.ts";

/** Blocks that run one after the other. */
export interface Sequence {
  readonly title: string;
  readonly blocks: readonly FollowedBlock[];
  /** What the person should know when it has ended; empty for nothing. */
  readonly note: string;
}

/** Who shows how far a sequence is. */
export interface SequenceProgress {
  say(words: string): void;
  /** Calls `stop` when the person has had enough of the sequence. */
  onCancel(stop: () => void): Disposable;
}

/** What a sequence runs with. */
export interface RunSequenceParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly blocks: BlockCommands;
}

const goOn = "Continue with Next";
const show = "Show Output";

/** Runs sequences of blocks. One stops at the first block that fails, and says so; going on is the person's choice. */
export class RunSequence {
  readonly #parts: RunSequenceParts;
  /** What has not begun yet, of every sequence under way. */
  readonly #waiting = new Set<string[]>();

  constructor(parts: RunSequenceParts) {
    this.#parts = parts;
  }

  /** Lets no sequence begin another block; gives the titles of those that did not begin. */
  stopAll(): string[] {
    return [...this.#waiting].flatMap((titles) => titles.splice(0));
  }

  async run(document: TextDocument, sequence: Sequence, progress: SequenceProgress): Promise<void> {
    const { title, blocks, note } = sequence;
    const waiting = blocks.map(({ block }) => blockTitle(block.headings) || `Line ${block.line + 1}`);
    this.#waiting.add(waiting);
    let current = "";
    const cancel = progress.onCancel(() => {
      waiting.splice(0);
      void this.#stop(current);
    });
    let succeeded = 0;
    try {
      for (const [index, { key }] of blocks.entries()) {
        const name = waiting.shift();
        if (name === undefined) break;
        progress.say(`${name} (${index + 1} of ${blocks.length})`);
        current = key;
        const problem = await this.#runOne(document, key);
        if (problem === null) succeeded++;
        else if (!(await mayGoOn(name, problem, waiting))) break;
      }
    } finally {
      cancel.dispose();
      this.#waiting.delete(waiting);
    }
    const count = `${succeeded} of ${blocks.length} ${blocks.length === 1 ? "block" : "blocks"} succeeded.`;
    void window.showInformationMessage(messageText([`${title}: ${count}`, note].join(" ").trim()));
  }

  /** Runs a block as it stands now; gives why the sequence cannot simply go on, null where it can. */
  async #runOne(document: TextDocument, key: string): Promise<string | null> {
    const followed = this.#parts.runbooks.block(document, key);
    if (!followed) return "is no longer in the runbook";
    try {
      const result = await this.#parts.blocks.run(document, followed, "block");
      return result === null ? "did not run" : isSuccess(result) ? null : `ended with ${shortResult(result)}`;
    } catch (error) {
      if (error instanceof PlanError) return `did not run: ${error.message}`;
      throw error;
    }
  }

  async #stop(key: string): Promise<void> {
    const state = this.#parts.blockRuns.state(key);
    if (state.state === "preparing") state.cancel();
    if (state.state === "running") await state.execution.stop(patientStop);
  }
}

/** Says that a sequence has stopped, and where; true where the person wants to go on. */
async function mayGoOn(name: string, problem: string, waiting: readonly string[]): Promise<boolean> {
  if (waiting.length === 0) {
    void window.showWarningMessage(messageText(`${name} ${problem}.`));
    return false;
  }
  const left = `${waiting.length} ${waiting.length === 1 ? "block has" : "blocks have"} not run`;
  for (;;) {
    const answer = await window.showWarningMessage(
      messageText(`${name} ${problem}. Stopped here: ${left}.`),
      show,
      goOn,
    );
    if (answer !== show) return answer === goOn;
    await commands.executeCommand("podbook.showOutput");
  }
}

function isSuccess({ outcome, exitCode }: RunResult): boolean {
  return outcome === "exited" && exitCode === 0;
}
