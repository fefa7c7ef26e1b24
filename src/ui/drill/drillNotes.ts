import type { Disposable } from "vscode";
import type { Connection } from "../../cluster/connection.ts";
import type { DrillChanges } from "../../drill/restoring.ts";
import { stateOf, type WorkloadState } from "../../drill/workloadState.ts";
import type { DrillFile } from "../../journal/drillFile.ts";
import type { Plan, Target } from "../../plan/plan.ts";
import { scenarioWorkloads } from "../../recovery/scenarioSteps.ts";
import type { Execution } from "../../run/planExecutor.ts";
import type { PlanRunner } from "../planRunner.ts";

/** What the changes of a drill are noted with. */
export interface DrillNotesParts {
  readonly before: readonly WorkloadState[];
  readonly file: DrillFile;
  readonly connection: Connection;
  readonly target: Target;
  readonly runner: PlanRunner;
  readonly onProblem: (error: unknown) => void;
}

const patienceMs = 10_000;

/** Notes what the runs of a drill change, its own and those of the person, so that just that can be put back. */
export class DrillNotes implements Disposable {
  readonly #parts: DrillNotesParts;
  readonly #listener: Disposable;
  #left: readonly WorkloadState[];
  /** Names of workloads that are being changed, or of which it could not be read how they were left. */
  readonly #unsure = new Map<object, readonly string[]>();
  #noting: Promise<void> = Promise.resolve();

  constructor(parts: DrillNotesParts) {
    this.#parts = parts;
    this.#left = parts.before;
    this.#listener = parts.runner.onDidStart((execution) => this.#follow(execution));
  }

  get changes(): DrillChanges {
    const unsure = [...new Set([...this.#unsure.values()].flat())];
    return { before: this.#parts.before, left: this.#left, unsure };
  }

  /** Resolves when all that has ended by now is noted. */
  settled(): Promise<void> {
    return this.#noting;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #follow({ plan, ended }: Execution): void {
    const { target, before, file, connection, onProblem } = this.#parts;
    if (plan.effect === "read" || !changesTarget(plan, target)) return;
    const all = before.map(({ name }) => name);
    const named = scenarioWorkloads([{ text: plan.script }], all);
    const names = named.length > 0 ? named : all;
    const key = {};
    this.#unsure.set(key, names);
    const begun = file.changing(names);
    const note = async () => {
      await Promise.all([begun, ended]);
      const now = await connection.workloadStates(AbortSignal.timeout(patienceMs));
      this.#left = this.#left.map((one) => (names.includes(one.name) ? (stateOf(now, one) ?? one) : one));
      this.#unsure.delete(key);
      await file.left(this.#left);
    };
    const noting = note().catch(onProblem);
    this.#noting = Promise.all([this.#noting, noting]).then(() => {});
  }
}

/** Whether a plan acts on the drill's namespace; where that cannot be told, it may. */
function changesTarget(plan: Plan, { context, namespace }: Target): boolean {
  const isIt = (one: Target | null) => one?.context === context && one.namespace === namespace;
  return isIt(plan.target) || plan.commands.some(({ actions }) => actions.some((action) => isIt(action.target)));
}
