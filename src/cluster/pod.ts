import type { ApiPod, ObjectMeta } from "./apiTypes.ts";
import { type Container, podContainers } from "./podContainers.ts";
import { type PodStatus, podStatus } from "./podStatus.ts";
import { podTrouble, type Trouble } from "./podTrouble.ts";

/** The kinds of workload whose pods the tree groups; `Pod` stands for a bare pod. */
export type WorkloadKind = "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicaSet" | "Pod";

/** What Podbook keeps of a pod. */
export interface Pod {
  readonly uid: string;
  readonly name: string;
  readonly status: PodStatus;
  readonly trouble: Trouble;
  readonly containers: readonly Container[];
  readonly phase: string;
  /** In ms since the epoch. */
  readonly createdAt: number;
  /** Its Ready condition, and since when (ms since the epoch); null where the API does not say. */
  readonly readiness: { readonly ready: boolean; readonly since: number } | null;
  /** Empty while no node is chosen. */
  readonly node: string;
  readonly owner: { readonly kind: WorkloadKind; readonly name: string };
}

/** The slim form of a pod of the API. */
export function slimPod(pod: ApiPod): Pod {
  return {
    uid: pod.metadata.uid,
    name: pod.metadata.name,
    status: podStatus(pod),
    trouble: podTrouble(pod),
    containers: podContainers(pod),
    phase: pod.status?.phase ?? "",
    createdAt: Date.parse(pod.metadata.creationTimestamp ?? ""),
    readiness: readinessOf(pod),
    node: pod.spec?.nodeName ?? "",
    owner: ownerOf(pod.metadata),
  };
}

/** A ReplicaSet of a Deployment is named after it with the template's hash behind; the pod carries that hash too. */
function ownerOf(metadata: ObjectMeta): Pod["owner"] {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  if (!owner) return { kind: "Pod", name: metadata.name };
  const hash = metadata.labels?.["pod-template-hash"];
  if (owner.kind === "ReplicaSet" && hash && owner.name.endsWith(`-${hash}`)) {
    return { kind: "Deployment", name: owner.name.slice(0, -hash.length - 1) };
  }
  const known: readonly string[] = ["StatefulSet", "DaemonSet", "Job", "ReplicaSet"] satisfies WorkloadKind[];
  return known.includes(owner.kind)
    ? { kind: owner.kind as WorkloadKind, name: owner.name }
    : { kind: "Pod", name: metadata.name };
}

function readinessOf(pod: ApiPod): Pod["readiness"] {
  const { status, lastTransitionTime } = pod.status?.conditions?.find(({ type }) => type === "Ready") ?? {};
  return lastTransitionTime === undefined ? null : { ready: status === "True", since: Date.parse(lastTransitionTime) };
}
