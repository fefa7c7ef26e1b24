import { gatewayEnvironment } from "../cluster/gateway/gatewayEnvironment.ts";
import { canMark } from "../run/commandMarks.ts";
import type { Run } from "../run/run.ts";
import type { Runs } from "../run/runs.ts";
import type { StepDecision } from "../run/steps.ts";
import type { Connections } from "./connections.ts";
import type { OutputPanel } from "./output/outputPanel.ts";
import { confirmPlan } from "./prompts/confirmPlan.ts";
import { openRunGateway } from "./runGateway.ts";
import type { PreparedRun } from "./runPreparation.ts";
import { confirmsReads, protectedContexts } from "./settings.ts";

/** Asks where a plan changes something, and runs it with its output in the panel. */
export class PlanRunner {
  readonly #runs: Runs;
  readonly #panel: OutputPanel;
  readonly #connections: Connections;

  constructor(runs: Runs, panel: OutputPanel, connections: Connections) {
    this.#runs = runs;
    this.#panel = panel;
    this.#connections = connections;
  }

  /** Runs a prepared plan; null where the person said no. `verb` is the word on the button that says yes.
   * With `onStep` it is asked before each command. */
  async run(prepared: PreparedRun, verb: string, onStep?: StepDecision): Promise<Run | null> {
    return (await this.ask(prepared, verb)) ? this.#start(prepared, onStep) : null;
  }

  /** Whether a plan may run: at once where it only reads, else as the person says. */
  async ask({ plan, preview }: PreparedRun, verb: string): Promise<boolean> {
    if (plan.effect === "read" && !confirmsReads()) return true;
    return confirmPlan(plan, preview, verb, protectedContexts());
  }

  async #start({ plan, pinned }: PreparedRun, onStep: StepDecision | undefined): Promise<Run> {
    const gateway = pinned ? await openRunGateway(this.#connections, pinned, plan.script) : null;
    const output = this.#panel.begin(plan, new Date(), !onStep && canMark(plan.script, plan.commands));
    this.#panel.show();
    const place = pinned && gateway ? { url: gateway.url, apiServer: pinned.server, script: plan.script } : null;
    const run = this.#runs.start({
      plan,
      kubeconfig: pinned?.kubeconfig ?? null,
      environment: place ? { ...process.env, ...gatewayEnvironment(process.env, place) } : process.env,
      onOutput: (bytes) => output.write(bytes),
      onCommand: (progress) => output.command(progress),
      now: () => performance.now(),
      ...(onStep ? { onStep } : {}),
    });
    void run.ended.then(async (result) => {
      output.end(result);
      await gateway?.close();
    });
    return run;
  }
}
