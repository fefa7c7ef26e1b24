import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { Agent, ClientRequest, type IncomingMessage, type RequestOptions, type ServerResponse } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { BlockList, connect, isIP, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { exchange } from "./exchange.ts";
import { endToEnd, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import type { UserProxies } from "./userProxies.ts";

// Where clouds keep the credentials of a machine, and this machine itself: clients are told to go there directly, so
// nobody who comes here for them means well.
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("127.0.0.0", 8, "ipv4");
refused.addSubnet("0.0.0.0", 8, "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addSubnet("fd00:ec2::", 32, "ipv6");
refused.addAddress("::1", "ipv6");
refused.addAddress("::", "ipv6");
const refusedNames = /^(?:localhost|.*\.localhost|metadata\.google\.internal|metadata)\.?$/i;

/** Passes on what is not meant for the cluster as it would go without a gateway: directly, or by the user's own proxy. */
export class OtherHosts {
  readonly #proxies: UserProxies;

  constructor(proxies: UserProxies) {
    this.#proxies = proxies;
  }

  /**
   * Passes a request on. A host that cannot be reached breaks the client's connection: any answer would be taken for its.
   * @throws GatewayError `refused`
   */
  async forward(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireAllowed(url.hostname);
    const proxy = this.#proxies.proxyFor("http", url.hostname);
    const method = request.method ?? "GET";
    const headers = endToEnd(request.rawHeaders);
    const far = proxy
      ? requestTo(proxy, { method, path: url.href, headers: [...headers, ...authorization(proxy).flat()] })
      : requestTo(url, { method, path: `${url.pathname}${url.search}`, headers, lookup });
    try {
      await exchange(far, request, response);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      reset(request.socket);
    }
  }

  /**
   * A connection to a host's port, which the caller destroys.
   * @throws GatewayError `refused`, or `not-reachable`
   */
  async open(host: string, port: number): Promise<Duplex> {
    requireAllowed(host);
    const proxy = this.#proxies.proxyFor("https", host);
    try {
      return proxy ? await openThrough(proxy, host, port) : await openDirectly(host, port);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new GatewayError("not-reachable", `${host}:${port} cannot be reached (${why}).`, { cause: error });
    }
  }
}

function openDirectly(host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup, allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function openThrough(proxy: URL, host: string, port: number): Promise<Duplex> {
  const path = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const headers = { host: path, ...Object.fromEntries(authorization(proxy)) };
  return new Promise((resolve, reject) => {
    const request = requestTo(proxy, { method: "CONNECT", path, headers });
    request.once("connect", (answer, socket, head) => {
      if (answer.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(new GatewayError("not-reachable", `The proxy ${proxy.host} answers ${answer.statusCode} for ${path}.`));
      }
    });
    request.once("error", reject);
    request.end();
  });
}

/** A request that VS Code, whose own `request` extensions get, does not send by its proxy settings. */
function requestTo({ protocol, hostname, port }: URL, options: RequestOptions): ClientRequest {
  const place = { ...options, protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port };
  if (protocol === "https:") return new ClientRequest({ ...place, port: port || 443, agent: new TlsAgent() });
  if (protocol === "http:") return new ClientRequest({ ...place, port: port || 80, agent: new Agent() });
  throw new GatewayError("not-reachable", `Proxies of the kind ${protocol}// are not supported yet.`);
}

function authorization({ username, password }: URL): [string, string][] {
  if (username === "" && password === "") return [];
  const credential = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [["Proxy-Authorization", `Basic ${Buffer.from(credential).toString("base64")}`]];
}

/** @throws GatewayError `refused` */
function requireAllowed(host: string): void {
  const name = host.replace(/^\[|\]$/g, "");
  if (refusedNames.test(name) || isRefused(name)) throw refusal(name);
}

function isRefused(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ? refused.check(mapped, "ipv4") : refused.check(address, family === 4 ? "ipv4" : "ipv6");
}

function refusal(host: string): GatewayError {
  return new GatewayError("refused", `${host} is not reached through this gateway.`);
}

/** As the system looks names up, but none may stand for an address that is refused. */
const lookup: LookupFunction = (host, options, done) => {
  dnsLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, "", 0);
    if (addresses.some(({ address }) => isRefused(address))) return done(refusal(host), "", 0);
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    return done(null, first?.address ?? "", first?.family ?? 4);
  });
};
