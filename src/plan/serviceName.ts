/** A name that the cluster's DNS gives to a Service, or to a pod behind it. */
export interface ServiceName {
  readonly service: string;
  readonly namespace: string;
  /** The host name of one pod, as StatefulSets give it; null for any pod. */
  readonly pod: string | null;
  /** Only the cluster has such names. A `service.namespace` without more could as well be a host elsewhere. */
  readonly sure: boolean;
}

const label = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Reads a host as the cluster's DNS would: `service.namespace`, `service.namespace.svc`,
 * `service.namespace.svc.cluster.local`, each also with a pod's host name in front of the long forms. Null for others.
 * The forms are those of Kubernetes' "DNS for Services and Pods".
 */
export function readServiceName(host: string): ServiceName | null {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  if (!labels.every((one) => label.test(one))) return null;
  const long = labels.slice(-2).join(".") === "cluster.local";
  const domain = long ? labels.slice(0, -2) : labels;
  if (domain.at(-1) !== "svc") {
    if (long) return null;
    const [service = "", namespace = ""] = labels;
    // The last label of an IPv4 address is a number; no domain ends so.
    return labels.length === 2 && !/^\d+$/.test(namespace) ? { service, namespace, pod: null, sure: false } : null;
  }
  const names = domain.slice(0, -1);
  const [service = "", namespace = ""] = names.slice(-2);
  if (names.length === 2) return { service, namespace, pod: null, sure: true };
  return names.length === 3 ? { service, namespace, pod: names[0] ?? null, sure: true } : null;
}
