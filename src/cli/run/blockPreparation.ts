import type { Connections } from "../../cluster/connections.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import { previewPlan } from "../../cluster/previewPlan.ts";
import { placeholderNames, requireShell } from "../../plan/blockScript.ts";
import { withoutCarried } from "../../plan/carriedVariables.ts";
import { fillPlaceholders, requireSameShape } from "../../plan/fillPlaceholders.ts";
import type { Plan } from "../../plan/plan.ts";
import { planScript } from "../../plan/planScript.ts";
import { emptyPreview, type Preview } from "../../plan/preview.ts";
import { timeLimit } from "../../plan/timeLimit.ts";
import type { PreparedRun } from "../../run/preparedRun.ts";
import { requireScriptFiles } from "../../run/requireScriptFiles.ts";
import type { ShellSession } from "../../run/session.ts";
import { analyseBlock } from "../../shell/analyseBlock.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import type { ShellParser } from "../../shell/parser.ts";
import type { Source } from "../sources.ts";
import { askValues } from "./askValues.ts";
import { type BlockValues, missingValues } from "./blockValues.ts";
import type { Questions } from "./questions.ts";
import type { ChosenBlock } from "./selectBlocks.ts";

/** How long the cluster may take to count what a plan hits, in ms. */
const patienceMs = 5000;

/** What the blocks of one file are prepared with. */
export interface BlockPreparationParts {
  readonly source: Source;
  readonly parser: ShellParser;
  readonly pinned: PinnedTarget | null;
  readonly connections: Connections;
  readonly values: BlockValues;
  /** Null where nobody can be asked. */
  readonly questions: Questions | null;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of blocks whose fence does not say how long they may take; empty for as long as it takes. */
  readonly timeout: string;
  readonly signal: AbortSignal;
}

/** Turns a block of a file into a plan: fills in its values and counts what it hits. Nothing runs here. */
export class BlockPreparation {
  readonly #parts: BlockPreparationParts;

  constructor(parts: BlockPreparationParts) {
    this.#parts = parts;
  }

  /**
   * The plan of a block as it would be now. `carried` are the variables that are set when it begins.
   * @throws PlanError where there is nothing that can be run; CliError `values` where a value is missing
   */
  async plan(chosen: ChosenBlock, carried: Iterable<string>): Promise<Plan> {
    return (await this.#make(chosen, carried, null)).plan;
  }

  /**
   * The plan of a block and what it hits, ready to run after the blocks before it have left this session.
   * @throws PlanError, CliError as `plan` does
   */
  async run(chosen: ChosenBlock, session: ShellSession | undefined, wantsPreview: boolean): Promise<PreparedRun> {
    const { source, pinned } = this.#parts;
    const variables = [...(session?.variables ?? [])].flatMap(([name, value]) => (value === null ? [] : [name]));
    const { plan, analysis } = await this.#make(chosen, variables, session?.directory ?? null);
    requireScriptFiles(analysis, plan.directory);
    const origin = { runbook: source.path, block: source.path === null ? null : chosen.block.id, command: null };
    return { plan, pinned, preview: wantsPreview ? await this.#preview(plan) : emptyPreview, origin };
  }

  async #make({ block, analysis: whole, title }: ChosenBlock, carried: Iterable<string>, directory: string | null) {
    requireShell(whole);
    const { source, pinned, timeout, values, environment } = this.#parts;
    const timeoutMs = timeLimit(block.attributes, timeout);
    // What is exported where the CLI runs is set for the block too, unless the command line says another value.
    const known = [...Object.keys(environment), ...carried].filter((name) => !values.isGiven(name));
    const analysis = await this.#filled(withoutCarried(whole, new Set(known)));
    const target = pinned?.target ?? null;
    const plan = planScript({ title, analysis, directory: directory ?? source.directory, target, timeoutMs });
    return { plan, analysis };
  }

  async #filled(analysis: BlockAnalysis): Promise<BlockAnalysis> {
    const { values, questions, pinned, connections, signal } = this.#parts;
    if (analysis.placeholders.length === 0) return analysis;
    const connect = pinned && (() => connections.get(pinned, pinned.target.context));
    if (questions) await askValues(values, analysis, { questions, connect, signal });
    const known = values.all(analysis);
    const missing = placeholderNames(analysis).filter((name) => !known.has(name));
    if (missing.length > 0) throw missingValues(missing);
    const filled = this.#analyse(fillPlaceholders(analysis, known));
    requireSameShape(analysis, filled);
    return filled;
  }

  /** What a plan hits; one that only reads hits nothing, and the cluster is not asked. */
  async #preview(plan: Plan): Promise<Preview> {
    const { pinned, connections, signal } = this.#parts;
    if (plan.effect === "read" || !pinned) return emptyPreview;
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    return previewPlan(plan, (context) => connections.get(pinned, context), within);
  }

  #analyse(script: string): BlockAnalysis {
    return analyseBlock(script, "bash", this.#parts.parser);
  }
}
