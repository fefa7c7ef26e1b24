import type { Pod } from "../../cluster/pod.ts";
import { podColumns, whyLine } from "../../cluster/podColumns.ts";
import type { Container } from "../../cluster/podContainers.ts";
import { readyCount, type Workload } from "../../cluster/workload.ts";
import { type Arrangement, arrangePods, arrangeWorkloads } from "./podsArrangement.ts";
import type { PodsState } from "./podsModel.ts";

/** A row of the Pods view. The object of a row stays the same as long as its id does; what it holds changes. */
export type PodsNode = { readonly id: string } & (
  | { readonly kind: "workload"; readonly workload: Workload; readonly shown: readonly Pod[] }
  | { readonly kind: "node"; readonly name: string; readonly shown: readonly Pod[] }
  | { readonly kind: "pod"; readonly pod: Pod }
  | { readonly kind: "container"; readonly pod: Pod; readonly container: Container }
  | { readonly kind: "more"; readonly parent: string; readonly left: number }
  | { readonly kind: "action"; readonly label: string; readonly icon: string; readonly command: string }
);

interface Branch {
  readonly node: PodsNode;
  readonly parent: string;
  /** Changes whenever the row would be written otherwise. */
  readonly text: string;
  readonly children: readonly string[];
}

const root = "";
/** So many pods of a group are shown at first, and more with each click on "… more". */
export const pageSize = 100;

const openSettings = action("Open Settings", "gear", "podbook.openSettings");
const tryAgain = action("Try Again", "refresh", "podbook.refreshPods");
const showAll = action("Show All Pods", "clear-all", "podbook.showAllPods");

/** The rows of the Pods view, and which of them a new state of the cluster changes. */
export class PodsTree {
  readonly #limits = new Map<string, number>();
  #branches = new Map<string, Branch>();
  #known: ReadonlyMap<string, Branch> = this.#branches;

  /** The rows below a row; of the whole view without one. */
  children(node?: PodsNode): PodsNode[] {
    const ids = this.#branches.get(node?.id ?? root)?.children ?? [];
    return ids.flatMap((id) => this.#branches.get(id)?.node ?? []);
  }

  /** The row above a row; undefined at the top. */
  parent(node: PodsNode): PodsNode | undefined {
    const parent = this.#branches.get(node.id)?.parent ?? root;
    return parent === root ? undefined : this.#branches.get(parent)?.node;
  }

  /** The row of a pod that is shown. */
  podNode(uid: string): PodsNode | undefined {
    return this.#branches.get(`pod/${uid}`)?.node;
  }

  /** Shows one page more below a row, from the next update on. */
  showMore(parent: string): void {
    this.#limits.set(parent, (this.#limits.get(parent) ?? pageSize) + pageSize);
  }

  /** Takes what is known at `now` (ms since the epoch); gives the rows to draw anew, or null for all. */
  update(state: PodsState, wish: Arrangement, now: number): PodsNode[] | null {
    const before = this.#branches;
    this.#known = before;
    this.#branches = new Map();
    const top = this.#top(state, wish, now);
    this.#branches.set(root, { node: openSettings, parent: root, text: "", children: top });
    if (before.get(root)?.children.join("\n") !== top.join("\n")) return null;
    const redrawn = new Set<string>();
    for (const [id, branch] of this.#branches) {
      const old = before.get(id);
      if (id === root || !old || redrawn.has(branch.parent)) continue;
      if (old.text !== branch.text || old.children.join("\n") !== branch.children.join("\n")) redrawn.add(id);
    }
    return [...redrawn].flatMap((id) => this.#branches.get(id)?.node ?? []);
  }

  #top({ freshness, workloads }: PodsState, wish: Arrangement, now: number): string[] {
    const put = (node: PodsNode) => this.#put(node, root, "", []);
    if (freshness.state === "failed") return [put(tryAgain), put(openSettings)];
    if (workloads.length === 0) return freshness.state === "live" ? [put(openSettings)] : [];
    const rows = this.#rows(workloads, wish, now);
    return rows.length > 0 ? rows : [put(showAll)];
  }

  #rows(workloads: readonly Workload[], wish: Arrangement, now: number): string[] {
    if (wish.grouping === "none") return this.#pods(root, arrangePods(workloads, wish), now);
    if (wish.grouping === "node") {
      const byNode = Map.groupBy(arrangePods(workloads, wish), ({ node }) => node);
      return [...byNode]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, shown]) => {
          const id = `node/${name}`;
          const text = `${shown.length}`;
          return this.#group({ id, kind: "node", name, shown }, text, now);
        });
    }
    return arrangeWorkloads(workloads, wish).map(({ workload, shown }) => {
      const { ready, wanted } = readyCount(workload);
      const id = `${workload.kind}/${workload.name}`;
      const restarts = workload.pods.map(({ status }) => status.lastRestartAt ?? 0);
      return this.#group(
        { id, kind: "workload", workload, shown },
        `${ready}/${wanted} ${Math.max(0, ...restarts)}`,
        now,
      );
    });
  }

  #group(node: PodsNode & { readonly shown: readonly Pod[] }, text: string, now: number): string {
    // The row stands before its children, so that an update tells the topmost row that changed.
    this.#put(node, root, text, []);
    return this.#put(node, root, text, this.#pods(node.id, node.shown, now));
  }

  #pods(parent: string, pods: readonly Pod[], now: number): string[] {
    const limit = this.#limits.get(parent) ?? pageSize;
    const ids = pods.slice(0, limit).map((pod) => this.#pod(parent, pod, now));
    const left = pods.length - ids.length;
    if (left === 0) return ids;
    return [...ids, this.#put({ id: `more/${parent}`, kind: "more", parent, left }, parent, `${left}`, [])];
  }

  #pod(parent: string, pod: Pod, now: number): string {
    const id = `pod/${pod.uid}`;
    const { ready, status, restarts, age } = podColumns(pod, now);
    const text = [ready, status, restarts, age, whyLine(pod, now), pod.node, JSON.stringify(pod.containers)].join("\n");
    const children = pod.containers.map((container) => `${id}/${container.name}`);
    this.#put({ id, kind: "pod", pod }, parent, text, children);
    for (const container of pod.containers) {
      this.#put({ id: `${id}/${container.name}`, kind: "container", pod, container }, id, "", []);
    }
    return id;
  }

  /** VS Code knows a row by its object, so the one that was there before is filled anew. */
  #put(node: PodsNode, parent: string, text: string, children: readonly string[]): string {
    const known = this.#known.get(node.id)?.node;
    const kept = known ? Object.assign(known, node) : node;
    this.#branches.set(node.id, { node: kept, parent, text, children });
    return node.id;
  }
}

function action(label: string, icon: string, command: string): PodsNode {
  return { id: `action/${command}`, kind: "action", label, icon, command };
}
