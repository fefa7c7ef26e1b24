import type { ApiClient } from "./apiClient.ts";
import type { ApiPod } from "./apiTypes.ts";
import { slimPod } from "./pod.ts";
import { isReady } from "./workload.ts";

/**
 * The name of a ready pod with these labels; null where there is none.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function findReadyPod(
  client: ApiClient,
  namespace: string,
  labelSelector: string,
  signal: AbortSignal,
): Promise<string | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const { items } = (await client.get(path, { labelSelector }, signal)) as { items: ApiPod[] };
  return items.map((item) => slimPod(item)).find((pod) => isReady(pod))?.name ?? null;
}
