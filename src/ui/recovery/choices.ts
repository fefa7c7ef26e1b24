import { window } from "vscode";
import type { Pod } from "../../cluster/pod.ts";
import type { Workload } from "../../cluster/workload.ts";
import type { Target } from "../../plan/plan.ts";
import type { PodsModel } from "../pods/podsModel.ts";
import type { PodsTargets } from "../pods/podsTargets.ts";
import type { PodsNode } from "../pods/podsTree.ts";
import { pickPod, pickWorkload } from "../prompts/pickPod.ts";
import { mayRun } from "../prompts/trust.ts";

/** What is known of the namespace at the moment of an action. */
export interface Known {
  readonly workloads: readonly Workload[];
  readonly target: Target;
}

/** What an action is about: the row it was chosen on, or what the person picks. */
export class Choices {
  readonly #targets: PodsTargets;

  constructor(targets: PodsTargets) {
    this.#targets = targets;
  }

  /** A workload of a kind that the action can change; undefined where the person left. */
  async workload<Kind>(node: unknown, title: string, kindOf: (workload: Workload) => Kind | undefined) {
    const known = await this.known(node);
    if (!known) return undefined;
    const able = known.workloads.filter((one) => kindOf(one) !== undefined);
    const row = rowOf(node);
    const workload = row?.kind === "workload" ? row.workload : await pickWorkload(able, title);
    const kind = workload && kindOf(workload);
    if (!workload || !kind) return undefined;
    const { target } = known;
    return { workload, target, named: { kind, name: workload.name, namespace: target.namespace } };
  }

  /** A pod; undefined where the person left. */
  async pod(node: unknown, title: string): Promise<(Known & { readonly pod: Pod }) | undefined> {
    const known = await this.known(node);
    if (!known) return undefined;
    const row = this.row(node);
    const pod = row?.kind === "pod" || row?.kind === "container" ? row.pod : await pickPod(known.workloads, title);
    return pod && { ...known, pod };
  }

  /** The row of the Pods view that a command was chosen on; undefined from the palette. */
  row(node: unknown): PodsNode | undefined {
    return rowOf(node);
  }

  /**
   * The namespace of a row as it is, or of the target that the person chooses; undefined where they leave, or nothing may run.
   * @throws ClusterError where the pods cannot be known: an action on a guess is out of the question
   */
  async known(node?: unknown): Promise<Known | undefined> {
    if (!(await mayRun())) return undefined;
    const model = await this.#model(rowOf(node));
    if (!model) return undefined;
    const { workloads, target, freshness } = await model.settled();
    if (freshness.state === "failed" || freshness.state === "stale") throw freshness.error;
    if (!target) throw new Error("The Pods view has no target yet. Open it and try again.");
    return { workloads, target };
  }

  async #model(row: PodsNode | undefined): Promise<PodsModel | undefined> {
    const { sections } = this.#targets;
    if (row || sections.length === 1) return this.#targets.sectionOf(row?.id)?.model;
    this.#targets.start();
    const items = sections.map(({ model }) => ({ label: model.name, model }));
    return (await window.showQuickPick(items, { title: "In which target?" }))?.model;
  }
}

/** The row of the Pods view that a command was chosen on; undefined from the palette. */
export function rowOf(node: unknown): PodsNode | undefined {
  return node as PodsNode | undefined;
}
