import type { ApiWorkload } from "./apiTypes.ts";
import type { Pod, WorkloadKind } from "./pod.ts";

/** A workload with its pods, as the tree shows it. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** How many pods it should have; null where only its pods are known. */
  readonly desired: number | null;
  readonly pods: readonly Pod[];
}

/** A workload object of the API, without its pods. */
export type WorkloadSpec = Omit<Workload, "pods">;

/** The slim form of a Deployment, StatefulSet or DaemonSet of the API. */
export function slimWorkload(kind: WorkloadKind, object: ApiWorkload): WorkloadSpec {
  const desired = kind === "DaemonSet" ? (object.status?.desiredNumberScheduled ?? 0) : (object.spec?.replicas ?? 1);
  return { kind, name: object.metadata.name, desired };
}

/** Puts every pod under its workload, both sorted by name; workloads without a pod are kept. */
export function groupByWorkload(pods: Iterable<Pod>, specs: Iterable<WorkloadSpec>): Workload[] {
  const groups = new Map<string, Workload & { pods: Pod[] }>();
  const key = (kind: WorkloadKind, name: string) => `${kind}/${name}`;
  for (const spec of specs) groups.set(key(spec.kind, spec.name), { ...spec, pods: [] });
  for (const pod of pods) {
    const at = key(pod.owner.kind, pod.owner.name);
    const group = groups.get(at) ?? { ...pod.owner, desired: null, pods: [] };
    group.pods.push(pod);
    groups.set(at, group);
  }
  for (const group of groups.values()) group.pods.sort(byName);
  return [...groups.values()].sort(byName);
}

/** Whether all containers of a pod are ready and it is not on its way out. */
export function isReady(pod: Pod): boolean {
  return pod.status.text === "Running" && pod.status.ready === pod.status.total;
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
