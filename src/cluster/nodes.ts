import type { ApiClient } from "./apiClient.ts";

/** What Podbook keeps of a node. */
export interface ClusterNode {
  readonly name: string;
  readonly ready: boolean;
  readonly cordoned: boolean;
}

interface ApiNode {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status?: string }[] };
}

/**
 * The nodes of the cluster; those that are not ready first.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function listNodes(client: ApiClient, signal: AbortSignal): Promise<ClusterNode[]> {
  const { items = [] } = (await client.get("/api/v1/nodes", {}, signal)) as { items?: ApiNode[] };
  return items
    .map(({ metadata, spec, status }) => ({
      name: metadata.name,
      ready: status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false,
      cordoned: spec?.unschedulable ?? false,
    }))
    .sort((one, other) => Number(one.ready) - Number(other.ready));
}
