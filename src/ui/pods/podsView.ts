import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type TreeView,
  window,
} from "vscode";
import { describeTarget } from "../../plan/plan.ts";
import type { CommandHandler } from "../commands/command.ts";
import { isPodName } from "../output/findLinks.ts";
import { containerRow, moreRow, nodeRow, podRow, workloadRow } from "./podRows.ts";
import { type Arrangement, filterWords, plainArrangement } from "./podsArrangement.ts";
import type { PodsModel } from "./podsModel.ts";
import { type PodsNode, PodsTree } from "./podsTree.ts";
import { viewMessage } from "./viewMessage.ts";

/** Ages and the words "42 s ago" are written anew this often while the view can be seen, in ms. */
const tickMs = 5000;

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
        return workloadRow(node.workload);
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
