import type { Run } from "../run/run.ts";
import type { Runs } from "../run/runs.ts";
import type { StepDecision } from "../run/steps.ts";
import type { OutputPanel } from "./output/outputPanel.ts";
import { confirmPlan } from "./prompts/confirmPlan.ts";
import type { PreparedRun } from "./runPreparation.ts";
import { confirmsReads, protectedContexts } from "./settings.ts";

/** Asks where a plan changes something, and runs it with its output in the panel. */
export class PlanRunner {
  readonly #runs: Runs;
  readonly #panel: OutputPanel;

  constructor(runs: Runs, panel: OutputPanel) {
    this.#runs = runs;
    this.#panel = panel;
  }

  /** Runs a prepared plan; null where the person said no. `verb` is the word on the button that says yes.
   * With `onStep` it is asked before each command. */
  async run(prepared: PreparedRun, verb: string, onStep?: StepDecision): Promise<Run | null> {
    const asks = prepared.plan.effect !== "read" || confirmsReads();
    if (asks && !(await confirmPlan(prepared.plan, prepared.preview, verb, protectedContexts()))) return null;
    return this.#start(prepared, onStep);
  }

  #start({ plan, pinned }: PreparedRun, onStep: StepDecision | undefined): Run {
    const output = this.#panel.begin(plan, new Date());
    this.#panel.show();
    const run = this.#runs.start({
      plan,
      kubeconfig: pinned?.kubeconfig ?? null,
      environment: process.env,
      onOutput: (bytes) => output.write(bytes),
      now: () => performance.now(),
      ...(onStep ? { onStep } : {}),
    });
    void run.ended.then((result) => output.end(result));
    return run;
  }
}
