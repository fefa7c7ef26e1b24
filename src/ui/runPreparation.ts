import type { TextDocument } from "vscode";
import { ClusterError } from "../cluster/clusterError.ts";
import type { Connections } from "../cluster/connections.ts";
import type { PinnedTarget } from "../cluster/kubeconfig.ts";
import { previewPlan } from "../cluster/previewPlan.ts";
import type { RunOrigin } from "../journal/runRecord.ts";
import { blockTitle, namedContexts, placeholderNames, requireShell } from "../plan/blockScript.ts";
import { withoutCarried } from "../plan/carriedVariables.ts";
import { fillPlaceholders, requireSameShape } from "../plan/fillPlaceholders.ts";
import type { Plan } from "../plan/plan.ts";
import { PlanError } from "../plan/planError.ts";
import { planScript } from "../plan/planScript.ts";
import { emptyPreview, type Preview } from "../plan/preview.ts";
import { timeLimit } from "../plan/timeLimit.ts";
import { noRunbook, type PreparedRun } from "../run/preparedRun.ts";
import { requireScriptFiles } from "../run/requireScriptFiles.ts";
import type { Block } from "../runbook/runbook.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";
import { documentDirectory } from "./directories.ts";
import type { ValuePrompts } from "./prompts/askValues.ts";
import type { RunbookSessions } from "./runbookSessions.ts";
import type { RunbookTargets } from "./runbookTargets.ts";
import { runTimeout } from "./settings.ts";
import type { ShellAnalysis } from "./shellAnalysis.ts";

/** What to run of a block: all of it, or one command by its zero-based line in the block. */
export type BlockPart = "block" | { readonly commandLine: number };

/** How long the cluster may take to count what a plan hits, in ms. */
const patienceMs = 5000;

/** What runs are prepared with. */
export interface PreparationParts {
  readonly analysis: ShellAnalysis;
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  readonly values: ValuePrompts;
  readonly sessions: RunbookSessions;
}

/** Turns a block into a plan: pins the target, asks for values, and counts what it hits. Nothing runs here. */
export class RunPreparation {
  readonly #analysis: ShellAnalysis;
  readonly #targets: RunbookTargets;
  readonly #connections: Connections;
  readonly #values: ValuePrompts;
  readonly #sessions: RunbookSessions;

  constructor(parts: PreparationParts) {
    this.#analysis = parts.analysis;
    this.#targets = parts.targets;
    this.#connections = parts.connections;
    this.#values = parts.values;
    this.#sessions = parts.sessions;
  }

  /**
   * Prepares a block or one of its commands; undefined where the person left a question.
   * @throws PlanError where there is nothing that can be run; ClusterError where the target cannot be read
   */
  async block(document: TextDocument, block: Block, part: BlockPart): Promise<PreparedRun | undefined> {
    const whole = await this.#analysis.analyse(block.text, block.language);
    requireShell(whole);
    const timeoutMs = timeLimit(block.attributes, runTimeout(document.uri));
    const asked = part === "block" ? whole : await this.#command(whole, part.commandLine);
    const analysis = withoutCarried(asked, this.#carried(document));
    const pinned = await this.#targets.pin(document.uri, namedContexts(analysis));
    if (pinned === undefined) return undefined;
    const filled = await this.#fill(analysis, document, pinned);
    if (!filled) return undefined;
    const directory = this.#directory(document);
    requireScriptFiles(filled, directory);
    const title = blockTitle(block.headings) || `Line ${block.line + 1}`;
    const target = pinned?.target ?? null;
    const plan = planScript({ title, analysis: filled, directory, target, timeoutMs });
    const command = part === "block" ? null : asked.script.trim();
    return this.#previewed(plan, pinned, { runbook: document.uri.toString(), block: block.id, command });
  }

  /** Prepares a script that Podbook wrote itself, as recovery actions do. */
  async script(title: string, script: string, directory: string, pinned: PinnedTarget): Promise<PreparedRun> {
    const analysis = await this.#analysis.analyse(script, "bash");
    return this.#previewed(planScript({ title, analysis, directory, target: pinned.target }), pinned, noRunbook);
  }

  /**
   * The plan of a block as it stands in the text and what it hits, without asking the person anything: placeholders stay,
   * what depends on them is not counted, and a target that cannot be read is said in the preview. Undefined where the
   * block is not shell.
   */
  async look(document: TextDocument, block: Block): Promise<PreparedRun | undefined> {
    const whole = await this.#analysis.analyse(block.text, block.language);
    if (whole.kind === "not-shell") return undefined;
    const analysis = withoutCarried(whole, this.#carried(document));
    const { pinned, problem } = await this.#knownTarget(document, analysis);
    const title = blockTitle(block.headings);
    const plan = planScript({ title, analysis, directory: this.#directory(document), target: pinned?.target ?? null });
    const origin = { runbook: document.uri.toString(), block: block.id, command: null };
    if (problem !== null) return { plan, pinned, preview: { ...emptyPreview, problem }, origin };
    const preview = analysis.placeholders.length > 0 ? emptyPreview : await this.#preview(plan, pinned);
    return { plan, pinned, preview, origin };
  }

  /** What a prepared plan hits as the cluster is now. */
  async again(prepared: PreparedRun): Promise<PreparedRun> {
    return { ...prepared, preview: await this.#preview(prepared.plan, prepared.pinned) };
  }

  #directory(document: TextDocument): string {
    return this.#sessions.current(document.uri)?.directory ?? documentDirectory(document);
  }

  /** The variables that the blocks before have set. */
  #carried(document: TextDocument): Set<string> {
    const variables = this.#sessions.current(document.uri)?.variables ?? new Map<string, string | null>();
    return new Set([...variables].flatMap(([name, value]) => (value === null ? [] : [name])));
  }

  async #knownTarget(document: TextDocument, analysis: BlockAnalysis) {
    try {
      const known = await this.#targets.known(document.uri);
      const pinned = known ? ((await this.#targets.pin(document.uri, namedContexts(analysis))) ?? null) : null;
      return { pinned, problem: null };
    } catch (error) {
      if (error instanceof ClusterError) return { pinned: null, problem: `${error.message} ${error.advice}` };
      throw error;
    }
  }

  /** Counts what a plan hits; a plan that only reads hits nothing, and the cluster is not asked. */
  async #preview(plan: Plan, pinned: PinnedTarget | null): Promise<Preview> {
    if (plan.effect === "read" || !pinned) return emptyPreview;
    const connect = (context: string) => this.#connections.get(pinned, context);
    return previewPlan(plan, connect, AbortSignal.timeout(patienceMs));
  }

  async #previewed(plan: Plan, pinned: PinnedTarget | null, origin: RunOrigin): Promise<PreparedRun> {
    return { plan, pinned, preview: await this.#preview(plan, pinned), origin };
  }

  async #command(whole: BlockAnalysis, line: number): Promise<BlockAnalysis> {
    const command = whole.commands.find((one) => one.commentLine <= line && line <= one.endLine);
    if (!command) throw new PlanError("empty", "There is no command at this line. Put the cursor into a command.");
    // Its functions and variables may be set by the commands before it; those were not asked for and do not run.
    return this.#analysis.analyse(`${whole.script.slice(command.start, command.end)}\n`, "bash");
  }

  async #fill(
    analysis: BlockAnalysis,
    document: TextDocument,
    pinned: PinnedTarget | null,
  ): Promise<BlockAnalysis | undefined> {
    const names = placeholderNames(analysis);
    if (names.length === 0) return analysis;
    const connection = pinned ? await this.#connections.get(pinned, pinned.target.context) : null;
    const values = await this.#values.ask(names, analysis, document.uri, connection);
    if (!values) return undefined;
    const filled = await this.#analysis.analyse(fillPlaceholders(analysis, values), "bash");
    requireSameShape(analysis, filled);
    return filled;
  }
}
