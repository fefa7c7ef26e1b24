import { type TextDocument, Uri, window, workspace } from "vscode";
import type { Agreement } from "../../plan/agreement.ts";
import type { RunResult } from "../../run/runResult.ts";
import { oncePerCommand } from "../../run/steps.ts";
import { patientStop } from "../../run/stopTimes.ts";
import type { FollowedBlock } from "../../runbook/followBlocks.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { PausedSteps } from "../lens/pausedSteps.ts";
import type { PlanRunner } from "../planRunner.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunbookSessions } from "../runbookSessions.ts";
import type { BlockPart, RunPreparation } from "../runPreparation.ts";
import type { CommandHandler } from "./command.ts";

/** What the commands on blocks need. */
export interface BlockCommandParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
  readonly steps: PausedSteps;
  readonly sessions: RunbookSessions;
}

/** How a block is run: all of it, one of its commands, or all of it with a question before each command. */
type BlockWay = BlockPart | "steps";

/** Run and stop the blocks of a runbook and their commands, from a lens or at the cursor. */
export class BlockCommands {
  readonly #parts: BlockCommandParts;

  constructor(parts: BlockCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.runBlock": this.runBlock,
      "podbook.runBlockAtCursor": this.runBlockAtCursor,
      "podbook.runCommand": this.runCommand,
      "podbook.runCommandAtCursor": this.runCommandAtCursor,
      "podbook.runStepByStep": this.runStepByStep,
      "podbook.continueStep": this.continueStep,
      "podbook.skipStep": this.skipStep,
      "podbook.stopBlock": this.stopBlock,
      "podbook.resetSession": this.resetSession,
    };
  }

  /** Arguments as the lens gives them: the document's URI and the block's key. */
  readonly runBlock: CommandHandler = async (uri, key) => this.#runGiven(uri, key, "block");

  /** Arguments as the lens gives them: the document's URI, the block's key, and the command's line in the block. */
  readonly runCommand: CommandHandler = async (uri, key, line) =>
    typeof line === "number" ? this.#runGiven(uri, key, { commandLine: line }) : this.runCommandAtCursor();

  readonly runBlockAtCursor: CommandHandler = async () => {
    const at = this.#atCursor();
    if (at) await this.run(at.document, at.followed, "block");
    else await window.showInformationMessage("Put the cursor into a shell block of a Markdown runbook, then run it.");
  };

  readonly runCommandAtCursor: CommandHandler = async () => {
    const at = this.#atCursor();
    if (at) await this.run(at.document, at.followed, { commandLine: at.line - at.followed.block.line - 1 });
    else await window.showInformationMessage("Put the cursor into a command of a shell block, then run it.");
  };

  /** Arguments as the lens gives them; from the palette, the block at the cursor. */
  readonly runStepByStep: CommandHandler = async (uri, key) => {
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : undefined;
    const given = document && typeof key === "string" ? this.#parts.runbooks.block(document, key) : undefined;
    const at = document && given ? { document, followed: given } : this.#atCursor();
    if (at) await this.run(at.document, at.followed, "steps");
    else await window.showInformationMessage("Put the cursor into a shell block of a Markdown runbook, then run it.");
  };

  readonly continueStep: CommandHandler = async (_uri, key) => this.#parts.steps.answer(String(key), "run");

  readonly skipStep: CommandHandler = async (_uri, key) => this.#parts.steps.answer(String(key), "skip");

  readonly stopBlock: CommandHandler = async (_uri, key) => this.#stop(String(key));

  readonly resetSession: CommandHandler = async () => {
    const document = window.activeTextEditor?.document;
    const done = document?.languageId === "markdown" && this.#parts.sessions.reset(document.uri);
    await window.showInformationMessage(
      done
        ? "The next block of this runbook starts afresh."
        : "No block of this runbook has left anything to the next one.",
    );
  };

  /** Runs a block; gives how it ended, null where it did not begin. What the person has agreed to already is not asked again. */
  async run(
    document: TextDocument,
    { key, block }: FollowedBlock,
    way: BlockWay,
    agreed: readonly Agreement[] = [],
  ): Promise<RunResult | null> {
    if (!(await mayRun())) return null;
    const { blockRuns, preparation, runner, sessions, steps } = this.#parts;
    const result = await blockRuns.run(key, async (preparing) => {
      const prepared = await preparation.block(document, block, way === "steps" ? "block" : way);
      if (!prepared) return null;
      const { plan } = prepared;
      const stop = () => void this.#stop(key);
      const onStep = oncePerCommand(plan.commands, (index, status) => steps.ask(key, plan, index, status, stop));
      const session = sessions.current(document.uri);
      return runner.run(prepared, {
        verb: way === "steps" ? "Run Step by Step" : "Run",
        preparing,
        agreed,
        ...(way === "steps" ? { onStep } : {}),
        ...(session ? { session } : {}),
      });
    });
    if (way === "steps") steps.forget(key);
    if (result?.session) sessions.keep(document.uri, result.session);
    return result;
  }

  async #stop(key: string): Promise<void> {
    const state = this.#parts.blockRuns.state(key);
    if (state.state === "preparing") state.cancel();
    if (state.state === "running") await state.execution.stop(patientStop);
  }

  async #runGiven(uri: unknown, key: unknown, part: BlockPart): Promise<void> {
    if (!(uri instanceof Uri) || typeof key !== "string") return this.runBlockAtCursor();
    const document = await workspace.openTextDocument(uri);
    const followed = this.#parts.runbooks.block(document, key);
    if (followed) await this.run(document, followed, part);
    else await window.showWarningMessage("Not run: this block is no longer in the runbook.");
  }

  #atCursor(): { document: TextDocument; followed: FollowedBlock; line: number } | undefined {
    const editor = window.activeTextEditor;
    if (editor?.document.languageId !== "markdown") return undefined;
    const line = editor.selection.active.line;
    const followed = this.#parts.runbooks.blockAt(editor.document, line);
    return followed && { document: editor.document, followed, line };
  }
}
