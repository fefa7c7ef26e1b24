import { hostname } from "node:os";
import { readServiceName } from "../../plan/serviceName.ts";
import { urlHosts } from "../../plan/urlHosts.ts";
import { matchesDomain, UserProxies } from "./userProxies.ts";

/** What a run is told of its gateway. */
export interface GatewayPlace {
  /** With the credential of the run. */
  readonly url: string;
  /** The API server's URL: kubectl goes there as it does without a gateway. */
  readonly apiServer: string;
  /** The text of the run: hosts that it names and that are no services are reached without the gateway. */
  readonly script: string;
}

/** This machine and the places where clouds keep its credentials: the gateway goes to none of them. */
const everyones = [
  ...["localhost", "127.0.0.1", "127.0.0.0/8", "::1", hostname()],
  ...["169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.0.0/16", "fd00:ec2::254"],
  ...["metadata.google.internal", "metadata"],
];

/**
 * The variables that send what a run asks of the cluster's services to its gateway. All HTTP clients read the same few
 * variables, and these can except hosts but not choose them: so the gateway is the proxy for everything, passes on what
 * is not the cluster's, and as much as can be known beforehand is excepted.
 */
export function gatewayEnvironment(own: NodeJS.ProcessEnv, place: GatewayPlace): Record<string, string> {
  const proxies = new UserProxies(own);
  const direct = [...everyones, new URL(place.apiServer).hostname, ...namedHosts(place.script)]
    .map((host) => host.replace(/^\[|\]$/g, ""))
    .filter((host) => !proxies.proxyFor("http", host) && !proxies.proxyFor("https", host));
  const kept = proxies.exceptions().filter((entry) => entry !== "*" && !hidesServices(entry));
  const exceptions = [...new Set([...kept, ...direct])].join(",");
  return {
    http_proxy: place.url,
    HTTP_PROXY: place.url,
    https_proxy: place.url,
    HTTPS_PROXY: place.url,
    no_proxy: exceptions,
    NO_PROXY: exceptions,
  };
}

/** The hosts of the URLs in a text that are surely none of the cluster's. */
function namedHosts(script: string): string[] {
  const hosts = urlHosts(script).map(({ host }) => host);
  return hosts.filter((host) => readServiceName(host) === null && /[a-z0-9\]]$/i.test(host));
}

/** People except the cluster's names from their company's proxy; here these names must reach the gateway. */
function hidesServices(entry: string): boolean {
  return (
    matchesDomain("svc.cluster.local", entry) ||
    matchesDomain(entry, "svc.cluster.local") ||
    matchesDomain(entry, "svc")
  );
}
