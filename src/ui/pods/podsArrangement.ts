import type { Pod } from "../../cluster/pod.ts";
import { byTrouble, isReady, type Workload, workloadSeverity } from "../../cluster/workload.ts";

/** What pods stand under in the tree. */
export type Grouping = "workload" | "node" | "none";
/** Which pods come first. */
export type Order = "worst" | "name" | "newest" | "restarts";

/** How the person wants to see the pods. */
export interface Arrangement {
  /** Only what has this in its name, in any case; empty for all. */
  readonly text: string;
  readonly unhealthyOnly: boolean;
  readonly grouping: Grouping;
  readonly order: Order;
}

export const plainArrangement: Arrangement = { text: "", unhealthyOnly: false, grouping: "workload", order: "worst" };

/** A workload, and those of its pods that are to be seen. */
export interface ShownWorkload {
  readonly workload: Workload;
  readonly shown: readonly Pod[];
}

/** The filter in words; empty without one. */
export function filterWords({ text, unhealthyOnly }: Arrangement): string {
  return [...(unhealthyOnly ? ["unhealthy only"] : []), ...(text === "" ? [] : [`“${text}”`])].join(", ");
}

/** The workloads that pass the filter with their pods that do; a workload found by its own name shows all of them. */
export function arrangeWorkloads(workloads: readonly Workload[], wish: Arrangement): ShownWorkload[] {
  return workloads.flatMap((workload) => arrangeWorkload(workload, wish) ?? []);
}

/** Arranges as `arrangeWorkloads` does, and remembers it for the workloads that stay as they are. */
export class PodsArranger {
  #wish = plainArrangement;
  #known = new WeakMap<Workload, ShownWorkload | null>();

  workloads(workloads: readonly Workload[], wish: Arrangement): ShownWorkload[] {
    if (wish !== this.#wish) this.#known = new WeakMap();
    this.#wish = wish;
    return workloads.flatMap((workload) => {
      let shown = this.#known.get(workload);
      if (shown === undefined) {
        shown = arrangeWorkload(workload, wish);
        this.#known.set(workload, shown);
      }
      return shown ?? [];
    });
  }
}

function arrangeWorkload(workload: Workload, wish: Arrangement): ShownWorkload | null {
  // As they come: the worst first.
  if (wish.text === "" && !wish.unhealthyOnly && wish.order === "worst") return { workload, shown: workload.pods };
  const byName = matches(workload.name, wish);
  const shown = workload.pods.filter((pod) => (byName || matches(pod.name, wish)) && isWanted(pod, wish));
  const own = byName && (!wish.unhealthyOnly || ["warning", "error"].includes(workloadSeverity(workload)));
  return shown.length > 0 || own ? { workload, shown: shown.sort(comparing(wish.order)) } : null;
}

/** The pods of all workloads that pass the filter, in order. */
export function arrangePods(workloads: readonly Workload[], wish: Arrangement): Pod[] {
  return arrangeWorkloads(workloads, wish)
    .flatMap(({ shown }) => shown)
    .sort(comparing(wish.order));
}

function matches(name: string, { text }: Arrangement): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}

function isWanted(pod: Pod, { unhealthyOnly }: Arrangement): boolean {
  return !unhealthyOnly || !(isReady(pod) || pod.trouble.severity === "done");
}

function comparing(order: Order): (one: Pod, other: Pod) => number {
  const byName = (one: Pod, other: Pod) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
  switch (order) {
    case "worst":
      return byTrouble;
    case "name":
      return byName;
    case "newest":
      return (one, other) => other.createdAt - one.createdAt || byName(one, other);
    case "restarts":
      return (one, other) => other.status.restarts - one.status.restarts || byName(one, other);
  }
}
