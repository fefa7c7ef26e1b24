import type { Freshness } from "../../cluster/namespaceWatch.ts";
import type { Pod } from "../../cluster/pod.ts";
import { podColumns, whyLine } from "../../cluster/podColumns.ts";
import type { Container } from "../../cluster/podContainers.ts";
import { readyCount, type Workload } from "../../cluster/workload.ts";
import { type Arrangement, arrangePods, PodsArranger } from "./podsArrangement.ts";
import type { PodsState } from "./podsModel.ts";

/** A row of the Pods view. The object of a row stays the same as long as its id does; what it holds changes. */
export type PodsNode = { readonly id: string } & (
  | { readonly kind: "workload"; readonly workload: Workload; readonly shown: readonly Pod[] }
  | { readonly kind: "node"; readonly name: string; readonly shown: readonly Pod[] }
  | { readonly kind: "pod"; readonly pod: Pod }
  | { readonly kind: "container"; readonly pod: Pod; readonly container: Container }
  | { readonly kind: "more"; readonly parent: string; readonly left: number }
  | { readonly kind: "action"; readonly label: string; readonly icon: string; readonly command: string }
  /** One of several targets; its text is what the row shows. */
  | { readonly kind: "target"; readonly text: string }
);

type GroupNode = Extract<PodsNode, { readonly shown: readonly Pod[] }>;
type PodNode = Extract<PodsNode, { readonly kind: "pod" }>;

interface Branch {
  readonly node: PodsNode;
  readonly parent: string;
  /** Changes whenever the row would be written otherwise though it holds the same. */
  readonly text: string;
  readonly children: readonly string[];
}

/** Of a group whose rows stand: what they were made of. */
interface Grown {
  readonly shown: readonly Pod[];
  readonly limit: number;
  readonly now: number;
}

/** The ages of pods that have not changed are written anew this often, in ms; the view asks a little less often. */
const agesMs = 4000;
/** So many rows of a group, and of the whole view, are shown at first, and more with each click on "… more". */
export const pageSize = 100;

const openSettings = ["Open Settings", "gear", "podbook.openSettings"] as const;
const tryAgain = ["Try Again", "refresh", "podbook.refreshPods"] as const;
const showAll = ["Show All Pods", "clear-all", "podbook.showAllPods"] as const;

/**
 * The rows of the Pods view, and which of them a new state of the cluster changes. A state in which one workload has changed
 * costs the rows of that workload's page, however many pods there are.
 */
export class PodsTree {
  /** What the id of every row begins with: the rows of several trees stand in one view. It is the parent of the topmost rows too. */
  readonly prefix: string;
  readonly #limits = new Map<string, number>();
  readonly #branches = new Map<string, Branch>();
  #topIds: readonly string[] = [];
  readonly #grown = new Map<string, Grown>();
  /** Rows of containers, which are made when a pod is opened. */
  readonly #containers = new Map<string, PodsNode>();
  readonly #arranger = new PodsArranger();
  #changed = new Set<string>();
  #wasCurrent = true;

  constructor(prefix = "") {
    this.prefix = prefix;
  }

  /** The rows below a row; of the whole view without one. */
  children(node?: PodsNode): PodsNode[] {
    if (node?.kind === "pod") return node.pod.containers.map((container) => this.#container(node, container));
    const ids = node ? (this.#branches.get(node.id)?.children ?? []) : this.#topIds;
    return ids.flatMap((id) => this.#branches.get(id)?.node ?? []);
  }

  /** The row above a row; undefined at the top. */
  parent(node: PodsNode): PodsNode | undefined {
    const parent =
      node.kind === "container"
        ? `${this.prefix}pod/${node.pod.uid}`
        : (this.#branches.get(node.id)?.parent ?? this.prefix);
    return parent === this.prefix ? undefined : this.#branches.get(parent)?.node;
  }

  /** The row of a pod that is shown. */
  podNode(uid: string): PodsNode | undefined {
    return this.#branches.get(`${this.prefix}pod/${uid}`)?.node;
  }

  /** Shows one page more below a row, from the next update on. */
  showMore(parent: string): void {
    this.#limits.set(parent, this.#limit(parent) + pageSize);
  }

  /** Takes what is known at `now` (ms since the epoch); gives the rows to draw anew, or null for all. */
  update(state: PodsState, wish: Arrangement, now: number): PodsNode[] | null {
    this.#changed = new Set();
    const before = this.#topIds;
    const top = this.#top(state, wish, now);
    const kept = new Set(top);
    for (const id of before) if (!kept.has(id)) this.#remove(id);
    this.#topIds = top;
    const current = isCurrent(state.freshness);
    const aged = current !== this.#wasCurrent;
    this.#wasCurrent = current;
    if (aged || !sameIds(before, top)) return null;
    // A row that is drawn anew brings its children along.
    return [...this.#changed].flatMap((id) => {
      const branch = this.#branches.get(id);
      return branch && !this.#changed.has(branch.parent) ? [branch.node] : [];
    });
  }

  #top({ freshness, workloads }: PodsState, wish: Arrangement, now: number): string[] {
    const put = (...action: readonly [label: string, icon: string, command: string]) =>
      this.#put(this.#action(...action), this.prefix, "", []);
    if (freshness.state === "failed") return [put(...tryAgain), put(...openSettings)];
    if (workloads.length === 0) return freshness.state === "live" ? [put(...openSettings)] : [];
    const rows = this.#rows(workloads, wish, now);
    return rows.length > 0 ? rows : [put(...showAll)];
  }

  #rows(workloads: readonly Workload[], wish: Arrangement, now: number): string[] {
    if (wish.grouping === "none") return this.#pods(this.prefix, arrangePods(workloads, wish), now);
    if (wish.grouping === "node") {
      const byNode = Map.groupBy(arrangePods(workloads, wish), ({ node }) => node);
      const nodes = [...byNode].sort(([one], [other]) => (one < other ? -1 : 1));
      return this.#page(this.prefix, nodes, ([name, shown]) => {
        const node: GroupNode = { id: `${this.prefix}node/${name}`, kind: "node", name, shown };
        return this.#group(node, `${shown.length}`, now);
      });
    }
    return this.#page(this.prefix, this.#arranger.workloads(workloads, wish), ({ workload, shown }) => {
      const [bare] = shown;
      // A bare pod is its own workload: one row says all of it.
      if (workload.kind === "Pod" && bare) return this.#pod(this.prefix, bare, now);
      const { ready, wanted } = readyCount(workload);
      const restarted = workload.pods.reduce((last, { status }) => Math.max(last, status.lastRestartAt ?? 0), 0);
      const node: GroupNode = {
        id: `${this.prefix}${workload.kind}/${workload.name}`,
        kind: "workload",
        workload,
        shown,
      };
      return this.#group(node, `${ready}/${wanted} ${restarted}`, now);
    });
  }

  #group(node: GroupNode, text: string, now: number): string {
    const { id, shown } = node;
    const grown = this.#grown.get(id);
    const limit = this.#limit(id);
    if (grown?.shown === shown && grown.limit === limit && now - grown.now < agesMs) return id;
    const before = this.#branches.get(id)?.children ?? [];
    // The row stands before its children, so that an update tells the topmost row that changed.
    const children = this.#pods(id, shown, now);
    const kept = new Set(children);
    for (const child of before) if (!kept.has(child)) this.#remove(child, id);
    this.#grown.set(id, { shown, limit, now });
    return this.#put(node, this.prefix, text, children);
  }

  #pods(parent: string, pods: readonly Pod[], now: number): string[] {
    return this.#page(parent, pods, (pod) => this.#pod(parent, pod, now));
  }

  /** The rows of the items that a page shows, and one for those that are left. */
  #page<Item>(parent: string, items: readonly Item[], rowOf: (item: Item) => string): string[] {
    const ids = items.slice(0, this.#limit(parent)).map(rowOf);
    const left = items.length - ids.length;
    if (left === 0) return ids;
    return [
      ...ids,
      this.#put({ id: `${this.prefix}more/${parent}`, kind: "more", parent, left }, parent, `${left}`, []),
    ];
  }

  #pod(parent: string, pod: Pod, now: number): string {
    const id = `${this.prefix}pod/${pod.uid}`;
    const { restarts, age } = podColumns(pod, now);
    const text = `${restarts}\n${age}\n${whyLine(pod, now)}`;
    return this.#put({ id, kind: "pod", pod }, parent, text, []);
  }

  #container(row: PodNode, container: Container): PodsNode {
    const id = `${row.id}/${container.name}`;
    const node: PodsNode = { id, kind: "container", pod: row.pod, container };
    const known = this.#containers.get(id);
    const kept = known ? Object.assign(known, node) : node;
    this.#containers.set(id, kept);
    return kept;
  }

  /** VS Code knows a row by its object, so the one that was there before is filled anew. */
  #put(node: PodsNode, parent: string, text: string, children: readonly string[]): string {
    const { id } = node;
    const known = this.#branches.get(id);
    if (!known || known.text !== text || !sameIds(known.children, children) || !holdsSame(known.node, node)) {
      this.#changed.add(id);
    }
    const kept = known ? Object.assign(known.node, node) : node;
    this.#branches.set(id, { node: kept, parent, text, children });
    return id;
  }

  /** Removes a row that stands below `parent`, with what is below it; one that has moved elsewhere stays. */
  #remove(id: string, parent = this.prefix): void {
    const branch = this.#branches.get(id);
    if (!branch || branch.parent !== parent) return;
    for (const child of branch.children) this.#remove(child, id);
    if (branch.node.kind === "pod") {
      for (const { name } of branch.node.pod.containers) this.#containers.delete(`${id}/${name}`);
    }
    this.#branches.delete(id);
    this.#grown.delete(id);
  }

  #action(label: string, icon: string, command: string): PodsNode {
    return { id: `${this.prefix}action/${command}`, kind: "action", label, icon, command };
  }

  #limit(parent: string): number {
    return this.#limits.get(parent) ?? pageSize;
  }
}

/** Whether what is known holds now. While the first pods come in, those that are there have just been told. */
export function isCurrent({ state }: Freshness): boolean {
  return state === "live" || state === "connecting";
}

/** Whether a row that held one would be written the same for the other, but for the time that goes by. */
function holdsSame(one: PodsNode, other: PodsNode): boolean {
  if (one.kind !== "pod" || other.kind !== "pod" || one.pod === other.pod) return true;
  const { status: was, containers: had } = one.pod;
  const { status: is, containers: has } = other.pod;
  return (
    was.text === is.text &&
    was.ready === is.ready &&
    was.total === is.total &&
    one.pod.node === other.pod.node &&
    one.pod.trouble.severity === other.pod.trouble.severity &&
    JSON.stringify(had) === JSON.stringify(has)
  );
}

function sameIds(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
