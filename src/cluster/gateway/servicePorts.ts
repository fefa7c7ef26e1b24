import type { ApiClient } from "../apiClient.ts";

/** A TCP port of a service. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** The port's own name; empty where it has none. */
  readonly name: string;
}

interface Services {
  readonly items?: readonly {
    readonly metadata: { readonly name: string };
    readonly spec?: {
      readonly type?: string;
      readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
    };
  }[];
}

/**
 * The TCP ports of a namespace's services that pods can stand behind.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function listServicePorts(
  client: ApiClient,
  namespace: string,
  signal: AbortSignal,
): Promise<ServicePort[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`;
  const { items = [] } = (await client.get(path, {}, signal)) as Services;
  return items
    .filter(({ spec }) => spec?.type !== "ExternalName")
    .flatMap(({ metadata, spec }) =>
      (spec?.ports ?? [])
        .filter(({ protocol = "TCP" }) => protocol === "TCP")
        .map(({ port, name = "" }) => ({ namespace, service: metadata.name, port, name })),
    );
}
