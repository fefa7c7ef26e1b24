import { readServiceName } from "./serviceName.ts";

/** A host in a URL of a text. */
export interface UrlHost {
  readonly host: string;
  /** False where a variable or pattern follows that may be a part of it. */
  readonly whole: boolean;
}

/** The hosts of the URLs in a text, as they stand there. */
export function urlHosts(text: string): UrlHost[] {
  const url = /\bhttps?:\/\/(?:[^\s/@'"]*@)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)([$`{*[]?)/gi;
  return [...text.matchAll(url)].map(([, host = "", more]) => ({ host, whole: more === "" }));
}

/**
 * The services that the URLs of a text name in other namespaces than this one, as `service.namespace`, each once. Names
 * without `.svc` could as well be hosts outside the cluster, and are none.
 */
export function servicesElsewhere(text: string, namespace: string): string[] {
  const named = urlHosts(text).flatMap(({ host, whole }) => {
    const name = whole ? readServiceName(host) : null;
    return name?.sure && name.namespace !== namespace ? [`${name.service}.${name.namespace}`] : [];
  });
  return [...new Set(named)];
}
