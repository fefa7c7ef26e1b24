import type { Plan } from "../../plan/plan.ts";
import type { PlanExecutor, RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { emptySession, type ShellSession } from "../../run/session.ts";
import { patientStop } from "../../run/stopTimes.ts";
import { printable } from "../printable.ts";
import type { BlockPreparation } from "./blockPreparation.ts";
import { askAgreement, planText, requireAgreement } from "./confirmRun.ts";
import { exitStatus } from "./exitStatus.ts";
import { JsonViewer } from "./jsonViewer.ts";
import { isSameFile } from "./outputWriter.ts";
import type { Questions } from "./questions.ts";
import { RawViewer } from "./rawViewer.ts";
import type { RunAsked } from "./runOptions.ts";
import type { ChosenBlock } from "./selectBlocks.ts";
import { type OutputPlaces, TextViewer } from "./textViewer.ts";

/** What blocks run with, one after the other. */
export interface BlockSequenceParts {
  readonly asked: RunAsked;
  readonly preparation: BlockPreparation;
  readonly executor: PlanExecutor;
  /** Null where nobody can be asked. */
  readonly questions: Questions | null;
  readonly places: OutputPlaces;
  readonly say: (text: string) => void;
  /** Aborts when nothing more shall run. */
  readonly signal: AbortSignal;
}

/** Runs blocks one after the other, each as it stands then, and stops at the first that fails. */
export class BlockSequence {
  readonly #parts: BlockSequenceParts;

  constructor(parts: BlockSequenceParts) {
    this.#parts = parts;
  }

  /**
   * Gives the exit status of the last block that ran.
   * @throws CliError, PlanError where a block cannot run, or was not agreed to; where nobody can be asked, before anything runs
   */
  async run(chosen: readonly ChosenBlock[]): Promise<number> {
    const { asked, questions, say } = this.#parts;
    if (!questions) await this.#requireAll(chosen);
    let session = asked.session ? emptySession : undefined;
    for (const [index, block] of chosen.entries()) {
      const result = await this.#runOne(block, session);
      const status = exitStatus(result);
      const left = chosen.length - index - 1;
      if (status !== 0 || left === 0) {
        if (left > 0 && asked.output !== "raw") {
          const rest = `${left} ${left === 1 ? "block has" : "blocks have"} not run`;
          say(`podbook: stopped after ${printable(block.title)}: ${rest}.\n`);
        }
        return status;
      }
      session = session && (result.session ?? session);
    }
    return 0;
  }

  /** Finds what is missing of any block while nothing has run. */
  async #requireAll(chosen: readonly ChosenBlock[]): Promise<void> {
    const { asked, preparation } = this.#parts;
    const carried: string[] = [];
    for (const block of chosen) {
      requireAgreement(await preparation.plan(block, carried), asked);
      if (asked.session) carried.push(...block.analysis.sets);
    }
  }

  async #runOne(chosen: ChosenBlock, session: ShellSession | undefined): Promise<RunResult> {
    const { asked, preparation, executor, questions, places, say, signal } = this.#parts;
    signal.throwIfAborted();
    // The plan is shown to whoever reads along; `--raw` shows it only to whom it asks.
    const shows = asked.output !== "raw" || questions !== null;
    const prepared = await preparation.run(chosen, session, shows);
    const { plan, preview } = prepared;
    if (plan.effect !== "read" && shows) say(planText(plan, preview));
    if (questions) await askAgreement(plan, asked, questions);
    else requireAgreement(plan, asked);
    signal.throwIfAborted();
    const separateErrors =
      asked.output === "json" || (asked.output === "raw" && !isSameFile(places.outputFd, places.errorsFd));
    const execution = await executor.start(prepared, (id, masked) => this.#viewer(id, masked, chosen), {
      separateErrors,
      ...(session ? { session } : {}),
    });
    if (signal.aborted) await execution.stop(patientStop);
    return execution.ended;
  }

  #viewer(id: string, plan: Plan, { block }: ChosenBlock): RunViewer {
    const { asked, places } = this.#parts;
    switch (asked.output) {
      case "text":
        return new TextViewer(plan, new Date(), places);
      case "raw":
        return new RawViewer(places);
      case "json":
        return new JsonViewer(id, plan, block, places);
    }
  }
}
