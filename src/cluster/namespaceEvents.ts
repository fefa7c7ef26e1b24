import type { ApiClient } from "./apiClient.ts";
import { type ApiEvent, eventCount, eventTime } from "./objectDetails.ts";

/** Of a namespace where more happens, these are the ones the API gives first. */
const mostEvents = "500";

/** Something that the cluster has said of an object of a namespace. */
export interface NamespaceEvent {
  /** Another one when the same has happened again. */
  readonly id: string;
  readonly warning: boolean;
  /** As in `Pod/api-gateway-1`. */
  readonly object: string;
  readonly reason: string;
  readonly message: string;
}

/** An event of the API about an object of a namespace. */
export type NamespacedEvent = ApiEvent & {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
};

/** An event as it is told. */
export function namespaceEvent(event: NamespacedEvent): NamespaceEvent {
  const { metadata, type, involvedObject, reason = "", message = "" } = event;
  const object = `${involvedObject?.kind ?? "Object"}/${involvedObject?.name ?? "?"}`;
  return { id: `${metadata.uid}/${eventCount(event)}`, warning: type === "Warning", object, reason, message };
}

/**
 * What the probes of pods have failed with last, by the uids of the pods.
 * @throws ClusterError where the events cannot be had
 */
export async function readProbeFailures(
  client: ApiClient,
  namespace: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const fieldSelector = "involvedObject.kind=Pod,reason=Unhealthy";
  const answer = await client.get(path, { fieldSelector, limit: mostEvents }, signal);
  const { items = [] } = answer as { items?: NamespacedEvent[] };
  const inOrder = items.toSorted((one, other) => eventTime(one) - eventTime(other));
  return new Map(inOrder.map(({ involvedObject, message = "" }) => [involvedObject?.uid ?? "", message]));
}
