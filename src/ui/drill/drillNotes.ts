import type { Disposable } from "vscode";
import type { Connection } from "../../cluster/connection.ts";
import type { DrillChanges } from "../../drill/restoring.ts";
import { aspects, stateOf, type WorkloadState } from "../../drill/workloadState.ts";
import type { DrillFile } from "../../journal/drillFile.ts";
import type { Plan, Target } from "../../plan/plan.ts";
import { scenarioWorkloads } from "../../recovery/scenarioSteps.ts";
import type { Execution } from "../../run/planExecutor.ts";
import type { PlanRunner } from "../planRunner.ts";
import { statesOf } from "./statesOf.ts";

/** What the changes of a drill are noted with. */
export interface DrillNotesParts {
  readonly before: readonly WorkloadState[];
  readonly file: DrillFile;
  readonly connection: Connection;
  readonly target: Target;
  readonly runner: PlanRunner;
  readonly onProblem: (error: unknown) => void;
}

/** A change that has begun, or is about to. */
interface Change {
  /** Names of the workloads that it may hit. */
  readonly names: readonly string[];
  /** Just before it. */
  readonly states: readonly WorkloadState[];
}

/**
 * Notes what the runs of a drill change, its own and those of the person, so that just that can be put back. That a run is
 * going to change something is on the disk before it begins.
 */
export class DrillNotes implements Disposable {
  readonly #parts: DrillNotesParts;
  readonly #listeners: readonly Disposable[];
  #left: readonly WorkloadState[];
  /** Those of which it is not known (yet) how they left the workloads. */
  readonly #open = new Map<Plan, Change>();
  #noting: Promise<void> = Promise.resolve();

  constructor(parts: DrillNotesParts) {
    this.#parts = parts;
    this.#left = parts.before;
    this.#listeners = [
      parts.runner.beforeChange((plan) => this.#before(plan)),
      parts.runner.onDidStart((execution) => this.#follow(execution)),
    ];
  }

  get changes(): DrillChanges {
    const unsure = [...new Set([...this.#open.values()].flatMap(({ names }) => names))];
    return { before: this.#parts.before, left: this.#left, unsure };
  }

  /** Resolves when all that has ended by now is noted. */
  settled(): Promise<void> {
    return this.#noting;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  async #before(plan: Plan): Promise<void> {
    const { target, before, file } = this.#parts;
    if (!changesTarget(plan, target)) return;
    const all = before.map(({ name }) => name);
    const named = scenarioWorkloads([{ text: plan.script }], all);
    const names = named.length > 0 ? named : all;
    const [states] = await Promise.all([this.#states(), file.changing(names)]);
    this.#open.set(plan, { names, states });
  }

  #follow({ plan, ended }: Execution): void {
    const change = this.#open.get(plan);
    if (!change) return;
    const note = async () => {
      await ended;
      const now = await this.#states();
      this.#left = this.#left.map((one) => (change.names.includes(one.name) ? changed(one, change.states, now) : one));
      this.#open.delete(plan);
      await this.#parts.file.left(this.#left);
    };
    const noting = note().catch(this.#parts.onProblem);
    this.#noting = Promise.all([this.#noting, noting]).then(() => {});
  }

  #states(): Promise<WorkloadState[]> {
    return statesOf(this.#parts.connection);
  }
}

/** How the drill leaves a workload after a change: what differs from just before the change is the change's. */
function changed(
  left: WorkloadState,
  before: readonly WorkloadState[],
  after: readonly WorkloadState[],
): WorkloadState {
  const [was, is] = [stateOf(before, left), stateOf(after, left)];
  if (!was || !is) return left;
  const own = aspects.filter((aspect) => was[aspect] !== is[aspect]);
  return { ...left, ...Object.fromEntries(own.map((aspect) => [aspect, is[aspect]])) };
}

/** Whether a plan acts on the drill's namespace; where that cannot be told, it may. */
function changesTarget(plan: Plan, { context, namespace }: Target): boolean {
  const isIt = (one: Target | null) => one?.context === context && one.namespace === namespace;
  return isIt(plan.target) || plan.commands.some(({ actions }) => actions.some((action) => isIt(action.target)));
}
