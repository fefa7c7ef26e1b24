import { Gateway } from "../cluster/gateway/gateway.ts";
import { gatewayEnvironment } from "../cluster/gateway/gatewayEnvironment.ts";
import { UserProxies } from "../cluster/gateway/userProxies.ts";
import type { PinnedTarget } from "../cluster/kubeconfig.ts";
import { canMark } from "../run/commandMarks.ts";
import type { Run } from "../run/run.ts";
import type { Runs } from "../run/runs.ts";
import type { StepDecision } from "../run/steps.ts";
import type { Connections } from "./connections.ts";
import type { OutputPanel } from "./output/outputPanel.ts";
import { confirmPlan } from "./prompts/confirmPlan.ts";
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
    const asks = prepared.plan.effect !== "read" || confirmsReads();
    if (asks && !(await confirmPlan(prepared.plan, prepared.preview, verb, protectedContexts()))) return null;
    return this.#start(prepared, onStep);
  }

  async #start({ plan, pinned }: PreparedRun, onStep: StepDecision | undefined): Promise<Run> {
    const gateway = pinned ? await this.#openGateway(pinned, plan.script) : null;
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

  /** The way of a run to the services of its target; the cluster is asked nothing until the run asks for one. */
  #openGateway(pinned: PinnedTarget, script: string): Promise<Gateway> {
    const reach = async () => (await this.#connections.get(pinned, pinned.target.context)).services;
    const { namespace } = pinned.target;
    return Gateway.open({ reach, proxies: new UserProxies(process.env), namespace, script });
  }
}
