import type { ApiWorkload } from "./apiTypes.ts";
import { selectorText } from "./labelSelector.ts";
import type { Pod, WorkloadKind } from "./pod.ts";
import type { Severity } from "./podTrouble.ts";

/** A workload with its pods, as the tree shows it. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** How many pods it should have; null where only its pods are known. */
  readonly desired: number | null;
  /** What chooses its pods, as `kubectl -l` takes it; empty where only its pods are known. */
  readonly selector: string;
  readonly pods: readonly Pod[];
}

/** A workload object of the API, without its pods. */
export type WorkloadSpec = Omit<Workload, "pods">;

/** The slim form of a Deployment, StatefulSet or DaemonSet of the API. */
export function slimWorkload(kind: WorkloadKind, object: ApiWorkload): WorkloadSpec {
  const desired = kind === "DaemonSet" ? (object.status?.desiredNumberScheduled ?? 0) : (object.spec?.replicas ?? 1);
  return { kind, name: object.metadata.name, desired, selector: selectorText(object.spec?.selector) };
}

/** Whether a pod runs, all its containers are ready, and nothing else keeps it from serving. */
export function isReady(pod: Pod): boolean {
  return pod.status.text === "Running" && pod.status.ready === pod.status.total && pod.trouble.severity === "ok";
}

/** How many pods of a workload are ready, and how many should be. */
export function readyCount(workload: Workload): { readonly ready: number; readonly wanted: number } {
  const ready = workload.pods.filter(isReady).length;
  return { ready, wanted: workload.desired ?? workload.pods.filter((pod) => pod.phase !== "Succeeded").length };
}

/** The first pod that is in trouble, comes or goes; undefined where all have settled. */
export function unsettledPod(workload: Workload): Pod | undefined {
  return workload.pods.find(({ trouble }) => trouble.severity !== "ok" && trouble.severity !== "done");
}

/** Whether as many pods are ready as wanted, and none is in trouble, comes or goes. */
export function isWhole(workload: Workload): boolean {
  const { ready, wanted } = readyCount(workload);
  return ready >= wanted && unsettledPod(workload) === undefined;
}

/**
 * A workload is as bad as what is missing: without a ready pod an error, with too few a warning; a warning too where enough
 * are ready, but one that should be cannot come, as in a rollout that is stuck.
 */
export function workloadSeverity(workload: Workload): Severity {
  const { ready, wanted } = readyCount(workload);
  if (ready < wanted) return ready === 0 ? "error" : "warning";
  if (stuckPod(workload)) return "warning";
  return wanted === 0 ? "done" : "ok";
}

/** The first pod that fails and has not ended; what an eviction left behind serves nobody and harms nobody. */
export function stuckPod({ pods }: Workload): Pod | undefined {
  return pods.find(({ phase, trouble }) => phase !== "Failed" && trouble.severity === "error");
}

/** Pods that need somebody come first, the others by name: what only starts or ends does not jump. */
export function byTrouble(one: Pod, other: Pod): number {
  return badnessOf(other.trouble.severity) - badnessOf(one.trouble.severity) || byName(one, other);
}

/** How much a severity needs somebody: 2, 1 or 0. */
export function badnessOf(severity: Severity): number {
  return severity === "error" ? 2 : severity === "warning" ? 1 : 0;
}

/** By name, as the API sorts. */
export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
