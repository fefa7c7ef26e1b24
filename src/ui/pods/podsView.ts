import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type TreeView,
  window,
} from "vscode";
import type { Pod } from "../../cluster/pod.ts";
import type { Workload } from "../../cluster/workload.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { CommandHandler } from "../commands/command.ts";
import { isPodName } from "../output/findLinks.ts";
import { podRow, workloadRow } from "./podRows.ts";
import type { PodsModel, PodsState } from "./podsModel.ts";
import { viewMessage } from "./viewMessage.ts";

/** A row of the Pods view. */
export type PodsNode =
  | { readonly kind: "workload"; readonly workload: Workload }
  | { readonly kind: "pod"; readonly pod: Pod }
  | { readonly kind: "action"; readonly label: string; readonly icon: string; readonly command: string };

const openSettings = { kind: "action", label: "Open Settings", icon: "gear", command: "podbook.openSettings" } as const;
const tryAgain = { kind: "action", label: "Try Again", icon: "refresh", command: "podbook.refreshPods" } as const;

/** Ages and the words "42 s ago" are written anew this often while the view can be seen, in ms. */
const tickMs = 5000;

/** The Pods view: workloads with their pods, how fresh they are, and what is wrong where they cannot be had. */
export class PodsView implements TreeDataProvider<PodsNode> {
  readonly #model: PodsModel;
  readonly #view: TreeView<PodsNode>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: Disposable[];
  #ticker: NodeJS.Timeout | undefined;
  #state: PodsState;

  constructor(model: PodsModel) {
    this.#model = model;
    this.#state = model.state;
    this.#view = window.createTreeView("podbook.pods", { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      this.#changed,
      model.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#setVisible(visible)),
    ];
    this.#setVisible(this.#view.visible);
    this.#update();
  }

  getChildren(node?: PodsNode): PodsNode[] {
    if (node?.kind === "workload") return node.workload.pods.map((pod) => ({ kind: "pod", pod }));
    if (node) return [];
    const { freshness, workloads } = this.#state;
    if (freshness.state === "failed") return [tryAgain, openSettings];
    if (freshness.state === "live" && workloads.length === 0) return [openSettings];
    return workloads.map((workload) => ({ kind: "workload", workload }));
  }

  getTreeItem(node: PodsNode): TreeItem {
    if (node.kind === "workload") return workloadRow(node.workload);
    if (node.kind === "pod") return podRow(node.pod, Date.now());
    const item = new TreeItem(node.label);
    item.iconPath = new ThemeIcon(node.icon);
    item.command = { title: node.label, command: node.command };
    return item;
  }

  getParent(node: PodsNode): PodsNode | undefined {
    if (node.kind !== "pod") return undefined;
    const workload = this.#state.workloads.find(({ pods }) => pods.some(({ uid }) => uid === node.pod.uid));
    return workload && { kind: "workload", workload };
  }

  /** Brings the pod with this name into view and selects it. */
  readonly revealPod: CommandHandler = async (name) => {
    if (!isPodName(name)) return;
    const { workloads, target } = await this.#model.settled();
    this.#update();
    const pod = workloads.flatMap(({ pods }) => pods).find((one) => one.name === name);
    if (pod) await this.#view.reveal({ kind: "pod", pod }, { select: true, focus: true });
    else await window.showInformationMessage(`There is no pod ${name} in ${describeTarget(target)} now.`);
  };

  dispose(): void {
    clearInterval(this.#ticker);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #setVisible(visible: boolean): void {
    clearInterval(this.#ticker);
    if (!visible) return;
    this.#model.start();
    this.#ticker = setInterval(() => this.#update(), tickMs);
  }

  #update(): void {
    this.#state = this.#model.state;
    this.#view.message = viewMessage(this.#state, Date.now());
    this.#changed.fire();
  }
}
