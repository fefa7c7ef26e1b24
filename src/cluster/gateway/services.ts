import type { Duplex } from "node:stream";
import type { ServiceName } from "../../plan/serviceName.ts";
import type { ApiClient } from "../apiClient.ts";
import { ClusterError } from "../clusterError.ts";
import { GatewayError } from "./gatewayError.ts";
import { PodLives } from "./podLives.ts";
import { openPodTunnel } from "./podTunnel.ts";

/** A port of a pod that serves. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  /** Tells the pod from later ones of the same name; empty where the cluster does not say. */
  readonly uid: string;
  readonly port: number;
}

/** The way to the services of a cluster. */
export interface ServiceReach {
  /**
   * The ready pods behind a service's port; undefined where the cluster knows no such service.
   * @throws GatewayError where there is one that cannot be reached
   */
  find(name: ServiceName, port: number, signal: AbortSignal): Promise<PodPort[] | undefined>;
  /**
   * A connection to a pod's port, which the caller destroys.
   * @throws GatewayError `not-reachable`
   */
  open(pod: PodPort, signal: AbortSignal): Promise<Duplex>;
  /** Asks the cluster anew before this pod is given again: it could not be reached. */
  forget(pod: PodPort): void;
}

interface Service {
  readonly spec?: {
    readonly clusterIP?: string;
    readonly type?: string;
    readonly externalName?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  };
}

interface EndpointTarget {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
}

interface EndpointSlice {
  readonly endpoints?: readonly {
    readonly conditions?: { readonly ready?: boolean };
    readonly hostname?: string;
    readonly targetRef?: EndpointTarget;
  }[];
  readonly ports?: readonly { readonly name?: string; readonly port?: number; readonly protocol?: string }[];
}

/** An answer this old is used again without asking the cluster, in ms: requests of one script follow each other fast. */
const keepMs = 500;
/** An answer this old is used once more while the cluster is asked anew, in ms: as late as a node hears of a change. */
const staleMs = 2000;

interface Known {
  readonly at: number;
  readonly pods: readonly PodPort[];
  renewing: boolean;
}

/** The services of a cluster as its API tells them, with their ready pods. */
export class Services implements ServiceReach {
  readonly #client: ApiClient;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #lives: PodLives;

  constructor(client: ApiClient, now: () => number) {
    this.#client = client;
    this.#now = now;
    this.#lives = new PodLives(client, now);
  }

  async find(name: ServiceName, port: number, signal: AbortSignal): Promise<PodPort[] | undefined> {
    const key = `${name.pod ?? ""} ${name.service} ${name.namespace} ${port}`;
    const known = this.#known.get(key);
    const age = known ? this.#now() - known.at : Number.POSITIVE_INFINITY;
    if (!known || age >= staleMs) return this.#askAnew(key, name, port, signal);
    if (age >= keepMs && !known.renewing) {
      known.renewing = true;
      // What the cluster says no to, or nothing to, the next request hears when it asks itself.
      this.#askAnew(key, name, port, signal).catch(() => this.#known.delete(key));
    }
    return [...known.pods];
  }

  open(pod: PodPort, signal: AbortSignal): Promise<Duplex> {
    return openPodTunnel(this.#client, pod, this.#lives, signal);
  }

  forget(pod: PodPort): void {
    for (const [key, { pods }] of this.#known) {
      if (pods.some((one) => one.pod === pod.pod && one.namespace === pod.namespace)) this.#known.delete(key);
    }
  }

  async #askAnew(key: string, name: ServiceName, port: number, signal: AbortSignal): Promise<PodPort[] | undefined> {
    const pods = await this.#ask(name, port, signal);
    if (pods) this.#known.set(key, { at: this.#now(), pods, renewing: false });
    else this.#known.delete(key);
    return pods;
  }

  async #ask(name: ServiceName, port: number, signal: AbortSignal): Promise<PodPort[] | undefined> {
    const namespace = encodeURIComponent(name.namespace);
    const selector = { labelSelector: `kubernetes.io/service-name=${name.service}` };
    const [service, slices] = await Promise.all([
      this.#get<Service>(`/api/v1/namespaces/${namespace}/services/${encodeURIComponent(name.service)}`, {}, signal),
      this.#get<{ items?: EndpointSlice[] }>(
        `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
        selector,
        signal,
      ),
    ]);
    if (!service) return undefined;
    return readyPods(name, port, service, slices?.items ?? []);
  }

  /** Undefined where there is no such object. */
  async #get<T>(path: string, query: Record<string, string>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return (await this.#client.get(path, query, signal)) as T;
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      if (error.reason === "not-found") return undefined;
      throw new GatewayError("not-reachable", `${error.message} ${error.advice}`, { cause: error });
    }
  }
}

/** @throws GatewayError */
function readyPods(name: ServiceName, port: number, { spec }: Service, slices: readonly EndpointSlice[]): PodPort[] {
  const title = `${name.service}.${name.namespace}`;
  if (spec?.type === "ExternalName") {
    throw new GatewayError("not-reachable", `Service ${title} stands for ${spec.externalName}, outside the cluster.`);
  }
  const ports = (spec?.ports ?? []).filter(({ protocol = "TCP" }) => protocol === "TCP");
  const asked = ports.find((one) => one.port === port);
  const headless = spec?.clusterIP === "None";
  if (!asked && !headless) {
    const there = ports.map((one) => (one.name ? `${one.port} (${one.name})` : `${one.port}`)).join(", ");
    throw new GatewayError("no-port", `Service ${title} has no port ${port}; it has ${there || "none"}.`);
  }
  const found = new Map<string, PodPort>();
  let all = 0;
  let outside = 0;
  for (const slice of slices) {
    // The names of a headless service lead to the pods themselves, where no port is translated.
    const number = headless ? port : slice.ports?.find((one) => (one.name ?? "") === (asked?.name ?? ""))?.port;
    for (const { conditions, hostname, targetRef } of slice.endpoints ?? []) {
      if (name.pod !== null && hostname !== name.pod) continue;
      all++;
      const pod = podOf(targetRef, name.namespace);
      if (pod === null) outside++;
      else if (number !== undefined && conditions?.ready !== false) {
        found.set(pod, { namespace: name.namespace, pod, uid: targetRef?.uid ?? "", port: number });
      }
    }
  }
  if (found.size > 0) return [...found.values()];
  const of = name.pod === null ? `service ${title}` : `pod ${name.pod} of service ${title}`;
  if (all > 0 && outside === all) {
    throw new GatewayError("not-reachable", `What stands behind ${of} is no pod of its namespace.`);
  }
  throw new GatewayError("no-ready-pod", `No pod of ${of} is ready (${all === 0 ? "there is none" : `0 of ${all}`}).`);
}

/** The pod of an endpoint; null where it is none, or none of the service's namespace: whoever writes slices may lie. */
function podOf(targetRef: EndpointTarget | undefined, namespace: string): string | null {
  const { kind, name = "", namespace: own = namespace } = targetRef ?? {};
  return kind === "Pod" && own === namespace && /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(name) ? name : null;
}
