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
import type { Workload } from "../../cluster/workload.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { CommandHandler } from "../commands/command.ts";
import { isPodName } from "../output/findLinks.ts";
import { containerRow, moreRow, nodeRow, podRow, targetRow, workloadRow } from "./podRows.ts";
import { type Arrangement, filterWords, plainArrangement } from "./podsArrangement.ts";
import type { PodsSection, PodsTargets } from "./podsTargets.ts";
import { isCurrent, type PodsNode } from "./podsTree.ts";
import { containerDetail, containerTooltip, podDetailLines, podTooltip, tooltipText } from "./podTooltip.ts";
import { statusWords } from "./statusWords.ts";
import { breakableWords, viewMessage } from "./viewMessage.ts";

/** Ages and the words "42 s ago" are written anew this often while the view can be seen, in ms. */
const tickMs = 5000;
/** How long a tooltip waits for what only the cluster knows, in ms. */
const detailsMs = 3000;

/** The Pods view: workloads with their pods, how fresh they are, and what is wrong where they cannot be had. */
export class PodsView implements TreeDataProvider<PodsNode> {
  readonly #targets: PodsTargets;
  readonly #view: TreeView<PodsNode>;
  readonly #changed = new EventEmitter<PodsNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: Disposable[];
  #arrangement = plainArrangement;
  /** The rows of the targets, where there are several. */
  #tops: readonly TargetTop[] = [];
  #ticker: NodeJS.Timeout | undefined;

  constructor(targets: PodsTargets) {
    this.#targets = targets;
    this.#view = window.createTreeView("podbook.pods", { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      this.#changed,
      targets.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#setVisible(visible)),
    ];
    this.#setVisible(this.#view.visible);
    this.#update();
  }

  getChildren(node?: PodsNode): PodsNode[] {
    if (!node && this.#tops.length > 0) return this.#tops.map((top) => top.node);
    const { tree } = this.#section(node);
    return tree.children(node?.kind === "target" ? undefined : node);
  }

  getTreeItem(node: PodsNode): TreeItem {
    const item = this.#row(node);
    item.id = node.id;
    return item;
  }

  #row(node: PodsNode): TreeItem {
    const time = { now: Date.now(), live: isCurrent(this.#section(node).model.state.freshness) };
    switch (node.kind) {
      case "workload":
        return workloadRow(node.workload, time);
      case "node":
        return nodeRow(node.name, node.shown);
      case "pod":
        return podRow(node.pod, time, this.getParent(node)?.kind === "workload");
      case "container":
        return containerRow(node.container, time.live);
      case "more":
        return moreRow(node.parent, node.left);
      case "target": {
        const { state } = this.#section(node).model;
        return targetRow(statusWords(state, Date.now()), node.text);
      }
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
    item.tooltip = tooltipText(known, details);
    return item;
  }

  getParent(node: PodsNode): PodsNode | undefined {
    if (node.kind === "target") return undefined;
    const section = this.#section(node);
    return section.tree.parent(node) ?? this.#tops.find((top) => top.section === section)?.node;
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
    this.#targets.sectionOf(parent)?.tree.showMore(parent);
    this.#update();
  };

  /** Brings the pod with this name into view and selects it. */
  readonly revealPod: CommandHandler = async (name) => {
    if (!isPodName(name)) return;
    const states = await Promise.all(this.#targets.sections.map(({ model }) => model.settled()));
    this.#update();
    const has = ({ model }: PodsSection) => podOf(model.state.workloads, name) !== undefined;
    const section = this.#targets.sections.find(has);
    const pod = section && podOf(section.model.state.workloads, name);
    // What was asked for by name is shown, whatever the filter and the pages leave out.
    if (pod && !section.tree.podNode(pod.uid)) this.arrange({ ...plainArrangement, text: pod.name });
    const row = pod && section.tree.podNode(pod.uid);
    const where = states.map(({ target }) => describeTarget(target)).join(" or ");
    if (row) await this.#view.reveal(row, { select: true, focus: true });
    else await window.showInformationMessage(`There is no pod ${name} in ${where} now.`);
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
      const details = await this.#section(node).model.details(node.pod.name, signal);
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
    this.#targets.start();
    this.#ticker = setInterval(() => this.#update(), tickMs);
  }

  #section(node?: PodsNode): PodsSection {
    const section = this.#targets.sectionOf(node?.id);
    if (!section) throw new Error("There is no target to show");
    return section;
  }

  #update(): void {
    const now = Date.now();
    const { sections } = this.#targets;
    const several = sections.length > 1;
    const tops = several ? sections.map((section) => this.#top(section, now)) : [];
    const sameTops =
      tops.length === this.#tops.length && tops.every((top, index) => top.node === this.#tops[index]?.node);
    const changed = sections.flatMap(({ model, tree }, index) => {
      const rows = tree.update(model.state, this.#arrangement, now);
      const top = tops[index];
      if (!top) return rows ?? [undefined];
      // A row that is drawn anew brings its children along.
      return rows === null || top.words !== this.#tops[index]?.words ? [top.node] : rows;
    });
    this.#tops = tops;
    const [only] = sections;
    this.#view.message = several || !only ? "" : breakableWords(viewMessage(only.model.state, now));
    this.#view.description = filterWords(this.#arrangement);
    if (!sameTops || changed.includes(undefined)) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed.filter((node) => node !== undefined));
  }

  /** The row of a target. Its object stays the same as long as the target does. */
  #top(section: PodsSection, now: number): TargetTop {
    const { model, tree } = section;
    const text = model.name;
    const known = this.#tops.find((top) => top.section === section)?.node;
    const node =
      known?.kind === "target" && known.text === text ? known : { id: tree.prefix, kind: "target" as const, text };
    const { short, warns } = statusWords(model.state, now);
    return { section, node, words: `${short}\n${warns}` };
  }
}

interface TargetTop {
  readonly section: PodsSection;
  readonly node: PodsNode;
  /** What its row says; the rows of its pods change more often. */
  readonly words: string;
}

function podOf(workloads: readonly Workload[], name: string): Pod | undefined {
  return workloads.flatMap(({ pods }) => pods).find((pod) => pod.name === name);
}
