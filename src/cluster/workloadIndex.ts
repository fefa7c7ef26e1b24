import type { Pod, WorkloadKind } from "./pod.ts";
import { badnessOf, byName, byTrouble, type Workload, type WorkloadSpec, workloadSeverity } from "./workload.ts";

interface Group {
  readonly kind: WorkloadKind;
  readonly name: string;
  spec: WorkloadSpec | null;
  readonly pods: Map<string, Pod>;
  /** As it stands among the sorted; null before it does. */
  built: Workload | null;
  badness: number;
}

/**
 * The pods of a namespace under their workloads, kept while pods come, change and go. What a change costs does not depend
 * on how many pods the other workloads have, and a workload that has not changed stays the same object.
 */
export class WorkloadIndex {
  readonly #groups = new Map<string, Group>();
  /** The key of each pod's group, by uid. */
  readonly #places = new Map<string, string>();
  /** In order, but for the groups that have changed since. */
  #sorted: readonly Group[] = [];
  readonly #touched = new Set<Group>();
  #workloads: readonly Workload[] = [];

  /** How many pods there are. */
  get podCount(): number {
    return this.#places.size;
  }

  /** The uids of all pods. */
  podUids(): Iterable<string> {
    return this.#places.keys();
  }

  /** The pod of a uid; null where there is none. */
  pod(uid: string): Pod | null {
    const key = this.#places.get(uid);
    return (key === undefined ? null : this.#groups.get(key)?.pods.get(uid)) ?? null;
  }

  putPod(pod: Pod): void {
    const key = keyOf(pod.owner.kind, pod.owner.name);
    const before = this.#places.get(pod.uid);
    // An owner can be adopted or lost.
    if (before !== undefined && before !== key) this.deletePod(pod.uid);
    this.#places.set(pod.uid, key);
    const group = this.#group(pod.owner.kind, pod.owner.name);
    group.pods.set(pod.uid, pod);
    this.#touch(group);
  }

  deletePod(uid: string): void {
    const key = this.#places.get(uid);
    const group = key === undefined ? undefined : this.#groups.get(key);
    this.#places.delete(uid);
    if (!group) return;
    group.pods.delete(uid);
    this.#touch(group);
  }

  putSpec(spec: WorkloadSpec): void {
    const group = this.#group(spec.kind, spec.name);
    group.spec = spec;
    this.#touch(group);
  }

  deleteSpec(kind: WorkloadKind, name: string): void {
    const group = this.#groups.get(keyOf(kind, name));
    if (!group) return;
    group.spec = null;
    this.#touch(group);
  }

  /** The names of the workloads of a kind whose objects are known. */
  specNames(kind: WorkloadKind): string[] {
    return [...this.#groups.values()].flatMap((group) => (group.kind === kind && group.spec ? [group.name] : []));
  }

  /** The workloads with their pods, the worst first and then by name; those without a pod are kept. */
  workloads(): readonly Workload[] {
    if (this.#touched.size === 0) return this.#workloads;
    this.#sorted = this.#touched.size > fewChanges ? this.#sortAll() : this.#sortTouched();
    this.#touched.clear();
    this.#workloads = this.#sorted.flatMap(({ built }) => built ?? []);
    return this.#workloads;
  }

  #sortAll(): Group[] {
    for (const group of this.#touched) build(group);
    return [...this.#groups.values()].sort(inOrder);
  }

  /** Of many workloads few change at a time: the others keep their order. */
  #sortTouched(): Group[] {
    const sorted = this.#sorted.filter((group) => !this.#touched.has(group));
    for (const group of this.#touched) {
      if (isEmpty(group)) continue;
      build(group);
      sorted.splice(placeOf(group, sorted), 0, group);
    }
    return sorted;
  }

  #group(kind: WorkloadKind, name: string): Group {
    const key = keyOf(kind, name);
    const known = this.#groups.get(key);
    if (known) return known;
    const group: Group = { kind, name, spec: null, pods: new Map(), built: null, badness: 0 };
    this.#groups.set(key, group);
    return group;
  }

  #touch(group: Group): void {
    this.#touched.add(group);
    const key = keyOf(group.kind, group.name);
    if (isEmpty(group)) this.#groups.delete(key);
    else this.#groups.set(key, group);
  }
}

/** More changed workloads than this are sorted with all the others at once. */
const fewChanges = 600;

function isEmpty({ pods, spec }: Group): boolean {
  return pods.size === 0 && spec === null;
}

function build(group: Group): void {
  const { kind, name, spec } = group;
  const own = spec ?? { kind, name, desired: null, selector: "" };
  group.built = { ...own, pods: [...group.pods.values()].sort(byTrouble) };
  group.badness = badnessOf(workloadSeverity(group.built));
}

function inOrder(one: Group, other: Group): number {
  return other.badness - one.badness || byName(one, other);
}

/** Where a group belongs among others that are in order. */
function placeOf(group: Group, sorted: readonly Group[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const at = sorted[middle];
    if (at && inOrder(at, group) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function keyOf(kind: WorkloadKind, name: string): string {
  return `${kind}/${name}`;
}
