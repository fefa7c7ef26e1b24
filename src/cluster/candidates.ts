import { collectionPath, kindPlace } from "../plan/kubernetesKinds.ts";
import type { PlaceholderKind } from "../plan/placeholderKind.ts";
import type { ApiClient } from "./apiClient.ts";
import type { ApiPod, ObjectMeta } from "./apiTypes.ts";
import { slimPod } from "./pod.ts";
import { isReady } from "./workload.ts";

/** Something of the cluster that a placeholder can stand for. */
export interface Candidate {
  readonly value: string;
  /** For a person: a pod's status, a node's readiness. */
  readonly detail: string;
  readonly healthy: boolean;
}

interface Named {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status?: string }[];
  };
}

/** More than anybody reads through; typing narrows the list. */
const most = "500";
const plurals: Partial<Record<PlaceholderKind, string>> = {
  pod: "pods",
  container: "pods",
  service: "services",
  deployment: "deployments",
  statefulset: "statefulsets",
  daemonset: "daemonsets",
  node: "nodes",
  namespace: "namespaces",
};

/** What the cluster has of a kind, the unhealthy first. */
export async function listCandidates(
  client: ApiClient,
  kind: PlaceholderKind,
  namespace: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const place = kindPlace(plurals[kind] ?? "");
  if (!place) return [];
  const list = (await client.get(collectionPath(place, namespace), { limit: most }, signal)) as { items: Named[] };
  const found =
    kind === "container" ? containers(list.items as ApiPod[]) : list.items.map((item) => candidate(kind, item));
  return found.sort((one, other) => Number(one.healthy) - Number(other.healthy));
}

function candidate(kind: PlaceholderKind, item: Named): Candidate {
  const value = item.metadata.name;
  if (kind === "pod") {
    const pod = slimPod(item as ApiPod);
    const { text, ready, total } = pod.status;
    return { value, detail: `${text} · ${ready}/${total} ready`, healthy: isReady(pod) || pod.phase === "Succeeded" };
  }
  if (kind === "node") {
    const ready = item.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
    return { value, detail: ready ? "Ready" : "NotReady", healthy: ready };
  }
  if (kind === "deployment" || kind === "statefulset") {
    const [ready, wanted] = [item.status?.readyReplicas ?? 0, item.spec?.replicas ?? 1];
    return { value, detail: `${ready}/${wanted} ready`, healthy: ready >= wanted };
  }
  return { value, detail: item.status?.phase ?? "", healthy: true };
}

function containers(pods: readonly ApiPod[]): Candidate[] {
  const users = new Map<string, number>();
  for (const pod of pods) {
    const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
    for (const { name } of all) users.set(name, (users.get(name) ?? 0) + 1);
  }
  return [...users].map(([value, count]) => ({
    value,
    detail: `in ${count} ${count === 1 ? "pod" : "pods"}`,
    healthy: true,
  }));
}
