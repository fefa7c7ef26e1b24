import type { Disposable } from "vscode";
import { validationBlocks } from "../../recovery/scenarioSteps.ts";
import { patientStop } from "../../run/stopTimes.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { BlockCommands } from "../commands/blockCommands.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { GuidedScenario } from "../scenario/guidedScenario.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import type { DrillPlan } from "./drillPlan.ts";

/** What the blocks of a drill run with. */
export interface DrillFollowerParts {
  readonly runbooks: OpenRunbooks;
  readonly blocks: BlockCommands;
  readonly blockRuns: BlockRuns;
  readonly analysis: ShellAnalysis;
}

/** Runs the blocks of a drill's scenario in the person's place: what detects, and the interventions that were agreed to. */
export class DrillFollower implements Disposable {
  readonly #plan: DrillPlan;
  readonly #guided: GuidedScenario;
  readonly #parts: DrillFollowerParts;
  #current: string | undefined;
  #stopped = false;

  constructor(plan: DrillPlan, guided: GuidedScenario, parts: DrillFollowerParts) {
    this.#plan = plan;
    this.#guided = guided;
    this.#parts = parts;
  }

  /** Runs the blocks of the detection that only read; where they are the validation too, that runs them. */
  async detect(): Promise<void> {
    const validation = new Set(validationBlocks(this.#guided.steps).map(({ id }) => id));
    for (const { purpose, parts } of this.#guided.steps) {
      if (purpose !== "detection") continue;
      for (const part of parts) {
        if (part.kind !== "block" || validation.has(part.block.id)) continue;
        if (await this.#onlyReads(part.block)) await this.#run(part.block, []);
      }
    }
  }

  /** Runs the interventions; one that has become another text or target since it was shown is asked for. */
  async intervene(): Promise<void> {
    const { interventions } = this.#plan;
    const agreed = interventions.map(({ prepared }) => prepared.plan);
    for (const { block } of interventions) await this.#run(block, agreed);
  }

  /** Ends the block that runs, also where it still asks something, and lets no other begin. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#current === undefined) return;
    const state = this.#parts.blockRuns.state(this.#current);
    if (state.state === "preparing") state.cancel();
    if (state.state === "running") await state.execution.stop(patientStop);
  }

  dispose(): void {
    this.#stopped = true;
  }

  async #run({ id }: Block, agreed: Parameters<BlockCommands["run"]>[3]): Promise<void> {
    if (this.#stopped) return;
    const { document } = this.#plan;
    const followed = this.#parts.runbooks.blocks(document).find(({ block }) => block.id === id);
    if (!followed) return;
    this.#current = followed.key;
    await this.#parts.blocks.run(document, followed, "block", agreed);
    this.#current = undefined;
  }

  async #onlyReads({ text, language }: Block): Promise<boolean> {
    const { kind, commands, syntaxErrors, placeholders } = await this.#parts.analysis.analyse(text, language);
    const plain = kind === "shell" && syntaxErrors.length === 0 && placeholders.length === 0;
    return plain && commands.every(({ effect }) => effect === "read");
  }
}
