import type { Pod, WorkloadKind } from "./pod.ts";
import { badnessOf, byName, byTrouble, type Workload, type WorkloadSpec, workloadSeverity } from "./workload.ts";

interface Group {
  readonly kind: WorkloadKind;
  readonly name: string;
  spec: WorkloadSpec | null;
  readonly pods: Map<string, Pod>;
  /** Null since something of it has changed. */
  built: Workload | null;
  /** Of what was built. */
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
  #sorted: readonly Workload[] | null = [];

  /** How many pods there are. */
  get podCount(): number {
    return this.#places.size;
  }

  /** The uids of all pods. */
  podUids(): Iterable<string> {
    return this.#places.keys();
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
    this.#sorted ??= [...this.#groups.values()]
      .map((group) => ({ workload: build(group), group }))
      .sort((one, other) => other.group.badness - one.group.badness || byName(one.workload, other.workload))
      .map(({ workload }) => workload);
    return this.#sorted;
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
    group.built = null;
    this.#sorted = null;
    if (group.pods.size === 0 && group.spec === null) this.#groups.delete(keyOf(group.kind, group.name));
  }
}

function build(group: Group): Workload {
  if (group.built) return group.built;
  const { kind, name, spec } = group;
  const own = spec ?? { kind, name, desired: null, selector: "" };
  group.built = { ...own, pods: [...group.pods.values()].sort(byTrouble) };
  group.badness = badnessOf(workloadSeverity(group.built));
  return group.built;
}

function keyOf(kind: WorkloadKind, name: string): string {
  return `${kind}/${name}`;
}
