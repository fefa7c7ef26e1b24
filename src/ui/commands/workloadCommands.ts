import { homedir } from "node:os";
import { window } from "vscode";
import { kubeconfigFiles, pinTarget } from "../../cluster/kubeconfig.ts";
import type { Pod } from "../../cluster/pod.ts";
import type { Workload } from "../../cluster/workload.ts";
import type { Target } from "../../plan/plan.ts";
import {
  type ActionScript,
  podLogsScript,
  restartableKind,
  restartScript,
  scalableKind,
  scaleScript,
} from "../../recovery/actions.ts";
import { workspaceDirectory } from "../directories.ts";
import type { PlanRunner } from "../planRunner.ts";
import type { PodsModel } from "../pods/podsModel.ts";
import type { PodsNode } from "../pods/podsTree.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import { pickPod, pickWorkload } from "../prompts/pickPod.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { targetChoice } from "../settings.ts";
import type { CommandHandler } from "./command.ts";

const logLines = 500;
const mostReplicas = 10_000;

/** Recovery actions, from the palette (which asks for the workload or pod) or from a row of the Pods view. */
export class WorkloadCommands {
  readonly #model: PodsModel;
  readonly #preparation: RunPreparation;
  readonly #runner: PlanRunner;

  constructor(model: PodsModel, preparation: RunPreparation, runner: PlanRunner) {
    this.#model = model;
    this.#preparation = preparation;
    this.#runner = runner;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.restartWorkload": this.restart,
      "podbook.scaleWorkload": this.scale,
      "podbook.showPodLogs": this.showLogs,
    };
  }

  readonly restart: CommandHandler = async (node) => {
    const chosen = await this.#chooseWorkload(node, "Restart which workload?", (one) => restartableKind(one.kind));
    if (!chosen) return;
    const { target, workload, kind } = chosen;
    await this.#run(restartScript(kind, workload.name, target.namespace), target, "Restart");
  };

  readonly scale: CommandHandler = async (node) => {
    const chosen = await this.#chooseWorkload(node, "Scale which workload?", (one) => scalableKind(one.kind));
    if (!chosen) return;
    const { target, workload, kind } = chosen;
    const now = workload.desired ?? workload.pods.length;
    const replicas = await askReplicas(workload.name, now);
    if (replicas === undefined) return;
    await this.#run(scaleScript(kind, workload.name, replicas, target.namespace), target, "Scale");
  };

  readonly showLogs: CommandHandler = async (node) => {
    if (!(await mayRun())) return;
    const { workloads, target } = await this.#known();
    const pod = podOf(node) ?? (await pickPod(workloads, "Logs of which pod?"));
    if (pod) await this.#run(podLogsScript(pod.name, logLines, target.namespace), target, "Show");
  };

  async #chooseWorkload<Kind>(node: unknown, title: string, kindOf: (workload: Workload) => Kind | undefined) {
    if (!(await mayRun())) return undefined;
    const { workloads, target } = await this.#known();
    const able = workloads.filter((one) => kindOf(one) !== undefined);
    const workload = workloadOf(node) ?? (await pickWorkload(able, title));
    const kind = workload && kindOf(workload);
    return workload && kind ? { workload, kind, target } : undefined;
  }

  /** @throws ClusterError where the pods cannot be known: an action on a guess is out of the question */
  async #known(): Promise<{ workloads: readonly Workload[]; target: Target }> {
    const { workloads, target, freshness } = await this.#model.settled();
    if (freshness.state === "failed" || freshness.state === "stale") throw freshness.error;
    if (!target) throw new Error("The Pods view has no target yet. Open it and try again.");
    return { workloads, target };
  }

  async #run({ title, script }: ActionScript, target: Target, verb: string): Promise<void> {
    const choice = { ...targetChoice(), ...target };
    const pinned = await pinTarget(kubeconfigFiles(choice.kubeconfig, process.env, homedir()), choice);
    const prepared = await this.#preparation.script(title, script, workspaceDirectory(), pinned);
    await withNotice(title, (preparing) => this.#runner.run(prepared, { verb, preparing }));
  }
}

async function askReplicas(name: string, now: number): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title: `Replicas of ${name}`,
    prompt: `Now ${now}. 0 stops it; the number of ready pods follows.`,
    value: String(now),
    validateInput: (text) =>
      /^\d{1,5}$/.test(text.trim()) && Number(text) <= mostReplicas
        ? undefined
        : `Type a whole number from 0 to ${mostReplicas}.`,
  });
  return answer === undefined ? undefined : Number(answer);
}

function workloadOf(node: unknown): Workload | undefined {
  const row = node as PodsNode | undefined;
  return row?.kind === "workload" ? row.workload : undefined;
}

function podOf(node: unknown): Pod | undefined {
  const row = node as PodsNode | undefined;
  return row?.kind === "pod" ? row.pod : undefined;
}
