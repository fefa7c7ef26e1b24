import type { ApiClient } from "./apiClient.ts";
import { type ApiEvent, eventCount, eventTime } from "./objectDetails.ts";

/** Of a namespace where more happens, these are the ones the API gives first. */
const mostEvents = "500";

/** A warning of the cluster about an object of a namespace. */
export interface WarningEvent {
  /** Another one when the same has happened again. */
  readonly id: string;
  /** As in `Pod/api-gateway-1`. */
  readonly object: string;
  readonly reason: string;
  readonly message: string;
  /** When it was seen last, in ms since the epoch. */
  readonly at: number;
}

type NamespacedEvent = ApiEvent & {
  readonly metadata: { readonly uid?: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
};

/**
 * The warnings of a namespace that were seen at `since` (ms since the epoch) or later, the oldest first.
 * @throws ClusterError where they cannot be had
 */
export async function readWarnings(
  client: ApiClient,
  namespace: string,
  since: number,
  signal: AbortSignal,
): Promise<WarningEvent[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const answer = await client.get(path, { fieldSelector: "type=Warning", limit: mostEvents }, signal);
  const { items = [] } = answer as { items?: NamespacedEvent[] };
  // The API tells whole seconds.
  const first = Math.floor(since / 1000) * 1000;
  return items
    .map((event): WarningEvent => {
      const { metadata, involvedObject, reason = "", message = "" } = event;
      const object = `${involvedObject?.kind ?? "Object"}/${involvedObject?.name ?? "?"}`;
      return { id: `${metadata.uid}/${eventCount(event)}`, object, reason, message, at: eventTime(event) };
    })
    .filter(({ at }) => at >= first)
    .sort((one, other) => one.at - other.at);
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
