/** Where a request that a proxy gets is to go. */
export interface RequestTarget {
  /** As URLs are read: in small letters, IPv4 addresses in four decimal numbers, IPv6 addresses without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query, byte for byte as they came; empty for a CONNECT. */
  readonly path: string;
}

const authority = String.raw`(\[[0-9a-f:.]+\]|[^\s/?#@\\:[\]]+)(?::(\d{1,5}))?`;
const absoluteForm = new RegExp(String.raw`^http://(?:[^\s/?#@\\]*@)?${authority}([/?][^#]*)?$`, "i");
const authorityForm = new RegExp(`^${authority}$`, "i");
const httpPort = 80;

/**
 * Reads the target of a request to a proxy: `http://host:port/path` (RFC 9112, 3.2.2). Null for everything else, also
 * for what one reader could take for another host than the next one.
 */
export function readAbsoluteTarget(target: string): RequestTarget | null {
  const [, host, port, path = ""] = absoluteForm.exec(target) ?? [];
  return readTarget(host, port ?? String(httpPort), path.startsWith("/") ? path : `/${path}`);
}

/** Reads the target of a CONNECT: `host:port` (RFC 9112, 3.2.3). Null for everything else. */
export function readTunnelTarget(target: string): RequestTarget | null {
  const [, host, port] = authorityForm.exec(target) ?? [];
  return readTarget(host, port, "");
}

/** `host:port` as a request names it. */
export function describeHost({ host, port }: RequestTarget): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function readTarget(host: string | undefined, port: string | undefined, path: string): RequestTarget | null {
  if (host === undefined || port === undefined) return null;
  const number = Number(port);
  const hostname = URL.parse(`http://${host}/`)?.hostname;
  if (!hostname || number < 1 || number > 65_535) return null;
  return { host: hostname.replace(/^\[|\]$/g, ""), port: number, path };
}
