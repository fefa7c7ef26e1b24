import type { ApiClient } from "./apiClient.ts";
import { ClusterError } from "./clusterError.ts";

/** What is asked of one pod only when a person looks at it. */
export interface PodDetails {
  /** By container: `requests 200m cpu, 256Mi · limits 500m cpu, 512Mi`; containers without either are left out. */
  readonly resources: ReadonlyMap<string, string>;
  /** By container, as the metrics API has it now: `12m cpu, 40Mi`. Empty where that API is not served. */
  readonly usage: ReadonlyMap<string, string>;
  /** The newest first. */
  readonly events: readonly PodEvent[];
}

/** An event that tells of a pod. */
export interface PodEvent {
  readonly warning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** When it was seen last, in ms since the epoch. */
  readonly at: number;
}

interface ApiQuantities {
  readonly cpu?: string;
  readonly memory?: string;
}

interface ApiContainer {
  readonly name: string;
  readonly resources?: { readonly requests?: ApiQuantities; readonly limits?: ApiQuantities };
}

/** An event of the API, as far as it is told. */
export interface ApiEvent {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly metadata: { readonly creationTimestamp?: string };
}

/**
 * What the cluster tells of one pod beyond its status.
 * @throws ClusterError where the pod itself cannot be had; events and usage that may not be read are left out
 */
export async function readPodDetails(
  client: ApiClient,
  namespace: string,
  pod: string,
  signal: AbortSignal,
): Promise<PodDetails> {
  const space = encodeURIComponent(namespace);
  const name = encodeURIComponent(pod);
  const [object, usage, events] = await Promise.all([
    client.get(`/api/v1/namespaces/${space}/pods/${name}`, {}, signal),
    orNothing(client.get(`/apis/metrics.k8s.io/v1beta1/namespaces/${space}/pods/${name}`, {}, signal)),
    orNothing(
      client.get(
        `/api/v1/namespaces/${space}/events`,
        { fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${pod}`, limit: "200" },
        signal,
      ),
    ),
  ]);
  const { spec } = object as { spec?: { containers?: ApiContainer[]; initContainers?: ApiContainer[] } };
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const { containers: used = [] } = (usage ?? {}) as { containers?: { name: string; usage?: ApiQuantities }[] };
  const { items = [] } = (events ?? {}) as { items?: ApiEvent[] };
  return {
    resources: new Map(
      containers.flatMap(({ name: container, resources }) => {
        const words = resourceWords(resources ?? {});
        return words === "" ? [] : [[container, words] as const];
      }),
    ),
    usage: new Map(used.map((one) => [one.name, quantities(one.usage ?? {})])),
    events: items.map(podEvent).sort((one, other) => other.at - one.at),
  };
}

/**
 * An object as the API has it, without the fields that only tell who has managed which.
 * @throws ClusterError where it cannot be had
 */
export async function readObject(client: ApiClient, path: string, signal: AbortSignal): Promise<unknown> {
  const { metadata, ...rest } = (await client.get(path, {}, signal)) as { metadata: Record<string, unknown> };
  const { managedFields: _, ...kept } = metadata;
  const { apiVersion, kind, ...others } = rest as Record<string, unknown>;
  return { apiVersion, kind, metadata: kept, ...others };
}

/** Many users may not read events or metrics, and many clusters serve no metrics: the rest is told all the same. */
async function orNothing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClusterError) return null;
    throw error;
  }
}

function resourceWords({ requests, limits }: { requests?: ApiQuantities; limits?: ApiQuantities }): string {
  const words = (what: string, some: ApiQuantities | undefined) => (some ? [`${what} ${quantities(some)}`] : []);
  return [...words("requests", requests), ...words("limits", limits)].join(" · ");
}

function quantities({ cpu, memory }: ApiQuantities): string {
  return [
    ...(cpu === undefined ? [] : [`${cpuWords(cpu)} cpu`]),
    ...(memory === undefined ? [] : [memoryWords(memory)]),
  ].join(", ");
}

/** The metrics API counts in billionths of a processor; people read thousandths, as `kubectl top` prints them. */
function cpuWords(quantity: string): string {
  const [, number, unit] = /^(\d+)([nu])$/.exec(quantity) ?? [];
  if (number === undefined) return quantity;
  return `${Math.ceil(Number(number) / (unit === "n" ? 1e6 : 1e3))}m`;
}

/** As `kubectl top` prints it, where it is many Ki. */
function memoryWords(quantity: string): string {
  const [, number] = /^(\d+)Ki$/.exec(quantity) ?? [];
  return number === undefined || Number(number) < 10_240 ? quantity : `${Math.round(Number(number) / 1024)}Mi`;
}

function podEvent(event: ApiEvent): PodEvent {
  const { type, reason = "", message = "" } = event;
  return { warning: type === "Warning", reason, message, count: eventCount(event), at: eventTime(event) };
}

/** How often an event was seen. */
export function eventCount({ count, series }: ApiEvent): number {
  return series?.count ?? count ?? 1;
}

/** When an event was seen last, in ms since the epoch. */
export function eventTime({ series, lastTimestamp, eventTime: firstTime, metadata }: ApiEvent): number {
  return Date.parse(series?.lastObservedTime ?? lastTimestamp ?? firstTime ?? metadata.creationTimestamp ?? "");
}
