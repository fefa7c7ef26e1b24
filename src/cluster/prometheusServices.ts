import type { ApiClient } from "./apiClient.ts";
import { ClusterError } from "./clusterError.ts";
import type { ServicePort } from "./gateway/servicePorts.ts";

interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  };
}

/** Where Prometheus usually is, for users who may not list the services of all namespaces. */
const usualNamespaces = ["monitoring", "prometheus", "observability", "kube-prometheus-stack"];
/** What belongs to Prometheus and answers no queries. */
const helper = /alertmanager|exporter|operator|adapter|pushgateway|kube-state|kubelet|coredns|grafana|discovery/;
const ownPort = 9090;

/**
 * The ports at which services of a cluster look like Prometheus, those that are surer first. Only the usual namespaces and
 * `namespace` are looked at where the user may not list the services of all.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function findPrometheusServices(
  client: Pick<ApiClient, "get">,
  namespace: string,
  signal: AbortSignal,
): Promise<ServicePort[]> {
  const found = (await listServices(client, namespace, signal)).filter(isPrometheus);
  // The operator makes a headless service beside the one that people know.
  const known = found.filter(({ spec }) => spec?.clusterIP !== "None");
  return (known.length > 0 ? known : found).flatMap(queryPort).sort((one, other) => rank(one) - rank(other));
}

async function listServices(
  client: Pick<ApiClient, "get">,
  namespace: string,
  signal: AbortSignal,
): Promise<Service[]> {
  try {
    return await services(client, "/api/v1/services", signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const lists = [...new Set([namespace, ...usualNamespaces])].map(async (one) => {
    try {
      return await services(client, `/api/v1/namespaces/${encodeURIComponent(one)}/services`, signal);
    } catch (error) {
      if (isRefusal(error)) return [];
      throw error;
    }
  });
  return (await Promise.all(lists)).flat();
}

async function services(client: Pick<ApiClient, "get">, path: string, signal: AbortSignal): Promise<Service[]> {
  const { items = [] } = (await client.get(path, {}, signal)) as { readonly items?: Service[] };
  return items;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ClusterError && ["forbidden", "not-found"].includes(error.reason);
}

function isPrometheus({ metadata: { name, labels = {} }, spec }: Service): boolean {
  if (helper.test(name) || spec?.type === "ExternalName") return false;
  return ["app.kubernetes.io/name", "app"].some((label) => labels[label] === "prometheus") || /prometheus/.test(name);
}

/** At most one port of a service: Prometheus's own, else one by the names that charts give it. */
function queryPort({ metadata, spec }: Service): ServicePort[] {
  const ports = (spec?.ports ?? []).filter(({ protocol = "TCP" }) => protocol === "TCP");
  const names = ["web", "http-web", "http"];
  const port = ports.find((one) => one.port === ownPort) ?? ports.find(({ name = "" }) => names.includes(name));
  if (!port) return [];
  return [{ namespace: metadata.namespace, service: metadata.name, port: port.port, name: port.name ?? "" }];
}

function rank({ port, namespace }: ServicePort): number {
  return (port === ownPort ? 0 : 1) + (usualNamespaces.includes(namespace) ? 0 : 2);
}
