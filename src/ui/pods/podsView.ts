import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type TreeView,
  window,
} from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { Pod } from "../../cluster/pod.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { CommandHandler } from "../commands/command.ts";
import { isPodName } from "../output/findLinks.ts";
import { containerRow, containerTooltip, moreRow, nodeRow, podRow, podTooltip, workloadRow } from "./podRows.ts";
import { type Arrangement, filterWords, plainArrangement } from "./podsArrangement.ts";
import type { PodsModel } from "./podsModel.ts";
import { type PodsNode, PodsTree } from "./podsTree.ts";
import { containerDetail, podDetailLines } from "./podTooltip.ts";
import { viewMessage } from "./viewMessage.ts";

/** Ages and the words "42 s ago" are written anew this often while the view can be seen, in ms. */
const tickMs = 5000;
/** How long a tooltip waits for what only the cluster knows, in ms. */
const detailsMs = 3000;

/** The Pods view: workloads with their pods, how fresh they are, and what is wrong where they cannot be had. */
export class PodsView implements TreeDataProvider<PodsNode> {
  readonly #model: PodsModel;
  readonly #tree = new PodsTree();
  readonly #view: TreeView<PodsNode>;
  readonly #changed = new EventEmitter<PodsNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: Disposable[];
  #arrangement = plainArrangement;
  #ticker: NodeJS.Timeout | undefined;

  constructor(model: PodsModel) {
    this.#model = model;
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
    return this.#tree.children(node);
  }

  getTreeItem(node: PodsNode): TreeItem {
    switch (node.kind) {
      case "workload":
        return workloadRow(node.workload, Date.now());
      case "node":
        return nodeRow(node.name, node.shown);
      case "pod":
        return podRow(node.pod, Date.now(), this.#arrangement.grouping === "workload");
      case "container":
        return containerRow(node.pod, node.container);
      case "more":
        return moreRow(node.parent, node.left);
      case "action": {
        const item = new TreeItem(node.label);
        item.iconPath = new ThemeIcon(node.icon);
        item.command = { title: node.label, command: node.command };
        return item;
      }
    }
  }

  /** Resources, usage and events are asked for only when the mouse rests on a row. */
  async resolveTreeItem(item: TreeItem, node: PodsNode, cancelled: CancellationToken): Promise<TreeItem> {
    if (node.kind !== "pod" && node.kind !== "container") return item;
    const known = node.kind === "pod" ? podTooltip(node.pod, Date.now()) : containerTooltip(node.pod, node.container);
    const details = await this.#detailLines(node, cancelled);
    // A plain string: what the cluster says is shown as it is, and leads nowhere.
    item.tooltip = [...known, ...(details.length > 0 ? ["", ...details] : [])].join("\n");
    return item;
  }

  getParent(node: PodsNode): PodsNode | undefined {
    return this.#tree.parent(node);
  }

  /** How the pods are arranged. */
  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  /** Arranges the pods in another way. */
  arrange(change: Partial<Arrangement>): void {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.#update();
  }

  /** Shows the next page of a group that is too long to be shown at once. */
  readonly showMore: CommandHandler = async (parent) => {
    if (typeof parent !== "string") return;
    this.#tree.showMore(parent);
    this.#update();
  };

  /** Brings the pod with this name into view and selects it. */
  readonly revealPod: CommandHandler = async (name) => {
    if (!isPodName(name)) return;
    const { workloads, target } = await this.#model.settled();
    this.#update();
    const pod = workloads.flatMap(({ pods }) => pods).find((one) => one.name === name);
    // What was asked for by name is shown, whatever the filter and the pages leave out.
    if (pod && !this.#tree.podNode(pod.uid)) this.arrange({ ...plainArrangement, text: pod.name });
    const row = pod && this.#tree.podNode(pod.uid);
    if (row) await this.#view.reveal(row, { select: true, focus: true });
    else await window.showInformationMessage(`There is no pod ${name} in ${describeTarget(target)} now.`);
  };

  dispose(): void {
    clearInterval(this.#ticker);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #detailLines(node: Extract<PodsNode, { readonly pod: Pod }>, cancelled: CancellationToken): Promise<string[]> {
    const asking = new AbortController();
    const listener = cancelled.onCancellationRequested(() => asking.abort());
    try {
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(detailsMs)]);
      const details = await this.#model.details(node.pod.name, signal);
      if (!details) return [];
      if (node.kind !== "container") return podDetailLines(details, Date.now());
      const words = containerDetail(node.container.name, details);
      return words === "" ? [] : [words];
    } catch (error) {
      // Gone meanwhile, or the mouse is: the row itself tells what is known. What else is wrong, the view says.
      if (error instanceof ClusterError || cancelled.isCancellationRequested) return [];
      throw error;
    } finally {
      listener.dispose();
    }
  }

  #setVisible(visible: boolean): void {
    clearInterval(this.#ticker);
    if (!visible) return;
    this.#model.start();
    this.#ticker = setInterval(() => this.#update(), tickMs);
  }

  #update(): void {
    const { state } = this.#model;
    const now = Date.now();
    const changed = this.#tree.update(state, this.#arrangement, now);
    this.#view.message = viewMessage(state, now);
    this.#view.description = filterWords(this.#arrangement);
    if (changed === null) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed);
  }
}
