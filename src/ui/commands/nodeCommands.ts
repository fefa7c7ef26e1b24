import { window } from "vscode";
import type { ClusterNode } from "../../cluster/nodes.ts";
import type { Target } from "../../plan/plan.ts";
import { restartableKind, type WorkloadName } from "../../recovery/actions.ts";
import { cordonScript, drainScript, uncordonScript } from "../../recovery/nodeActions.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import { type Choices, type Known, rowOf } from "../recovery/choices.ts";
import type { CommandHandler } from "./command.ts";

/** How long the cluster may take to tell its nodes, in ms. */
const patienceMs = 10_000;

/** Cordon, uncordon and drain a node: from the palette, which asks for it, or from a pod's row, for the pod's node. */
export class NodeCommands {
  readonly #choices: Choices;
  readonly #actions: ActionRunner;

  constructor(choices: Choices, actions: ActionRunner) {
    this.#choices = choices;
    this.#actions = actions;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.cordonNode": this.cordon,
      "podbook.uncordonNode": this.uncordon,
      "podbook.drainNode": this.drain,
    };
  }

  readonly cordon: CommandHandler = async (row) => {
    const chosen = await this.#choose(row, "Cordon which node?");
    if (chosen) await this.#actions.change(cordonScript(chosen.node), chosen.target, "Cordon");
  };

  readonly uncordon: CommandHandler = async (row) => {
    const chosen = await this.#choose(row, "Uncordon which node?");
    if (chosen) await this.#actions.change(uncordonScript(chosen.node), chosen.target, "Uncordon");
  };

  readonly drain: CommandHandler = async (row) => {
    const chosen = await this.#choose(row, "Drain which node?");
    if (!chosen) return;
    const { node, target } = chosen;
    await this.#actions.change(drainScript(node, workloadsOn(node.name, chosen)), target, "Drain");
  };

  async #choose(row: unknown, title: string) {
    const known = await this.#choices.known(row);
    if (!known) return undefined;
    const nodes = await this.#nodes(known.target);
    const at = rowOf(row);
    const node = at?.kind === "pod" ? nodes.find(({ name }) => name === at.pod.node) : await pickNode(nodes, title);
    if (at?.kind === "pod" && !node) await window.showWarningMessage(`${at.pod.name} is on no node yet.`);
    return node && { ...known, node };
  }

  async #nodes(target: Target): Promise<ClusterNode[]> {
    return (await this.#actions.connect(target)).nodes(AbortSignal.timeout(patienceMs));
  }
}

async function pickNode(nodes: readonly ClusterNode[], title: string): Promise<ClusterNode | undefined> {
  const items = nodes.map((node) => ({
    label: `$(${node.ready ? "pass" : "warning"}) ${node.name}`,
    description: `${node.ready ? "Ready" : "NotReady"}${node.cordoned ? ", cordoned" : ""}`,
    node,
  }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.node;
}

/** The workloads of the namespace whose pods a drain moves: a DaemonSet's stay. */
function workloadsOn(node: string, { workloads, target }: Known): WorkloadName[] {
  return workloads.flatMap((workload) => {
    const kind = restartableKind(workload.kind);
    const moves = kind && kind !== "daemonset" && workload.pods.some((pod) => pod.node === node);
    return moves ? [{ kind, name: workload.name, namespace: target.namespace }] : [];
  });
}
