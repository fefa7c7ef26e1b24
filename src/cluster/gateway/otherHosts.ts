import { lookup as dnsLookup } from "node:dns";
import { Agent, ClientRequest, type IncomingMessage, type RequestOptions, type ServerResponse } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { exchange } from "./exchange.ts";
import { endToEnd, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import { allowedLookup, requireAllowed } from "./refusedHosts.ts";
import { describeHost, type RequestTarget } from "./requestTarget.ts";
import { isSocks, openThroughSocks } from "./socksProxy.ts";
import type { UserProxies } from "./userProxies.ts";

const lookup = allowedLookup(dnsLookup);

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
  async forward(target: RequestTarget, request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireAllowed(target.host);
    try {
      await exchange(this.#request(target, request), request, response);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      reset(request.socket);
    }
  }

  #request(target: RequestTarget, { method = "GET", rawHeaders }: IncomingMessage): ClientRequest {
    const { host, port, path } = target;
    const headers = endToEnd(rawHeaders);
    const proxy = this.#proxies.proxyFor("http", host);
    if (proxy && isSocks(proxy)) return requestThroughSocks(proxy, target, { method, path, headers });
    if (!proxy) return requestTo("http:", host, port, { method, path, headers, lookup });
    const whole = `http://${describeHost(target).replace(/:80$/, "")}${path}`;
    return requestToProxy(proxy, { method, path: whole, headers: [...headers, ...authorization(proxy).flat()] });
  }

  /**
   * A connection to a host's port, which the caller destroys.
   * @throws GatewayError `refused`, or `not-reachable`
   */
  async open(target: RequestTarget): Promise<Duplex> {
    requireAllowed(target.host);
    const proxy = this.#proxies.proxyFor("https", target.host);
    try {
      if (!proxy) return await openDirectly(target);
      return isSocks(proxy)
        ? await openThroughSocks(proxy, target.host, target.port)
        : await openThrough(proxy, describeHost(target));
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new GatewayError("not-reachable", `${describeHost(target)} cannot be reached (${why}).`, { cause: error });
    }
  }
}

function openDirectly({ host, port }: RequestTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup, allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function openThrough(proxy: URL, path: string): Promise<Duplex> {
  const headers = { host: path, ...Object.fromEntries(authorization(proxy)) };
  return new Promise((resolve, reject) => {
    const request = requestToProxy(proxy, { method: "CONNECT", path, headers });
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

function requestThroughSocks(proxy: URL, { host, port }: RequestTarget, options: RequestOptions): ClientRequest {
  const createConnection: RequestOptions["createConnection"] = (_options, done) => {
    openThroughSocks(proxy, host, port).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  return new ClientRequest({ ...options, host, port, createConnection });
}

function requestToProxy({ protocol, hostname, port }: URL, options: RequestOptions): ClientRequest {
  if (protocol !== "http:" && protocol !== "https:") {
    throw new GatewayError("not-reachable", `Proxies of the kind ${protocol}// are not supported.`);
  }
  const standard = protocol === "https:" ? 443 : 80;
  return requestTo(protocol, hostname.replace(/^\[|\]$/g, ""), Number(port || standard), options);
}

/** A request that VS Code, whose own `request` extensions get, does not send by its proxy settings. */
function requestTo(protocol: "http:" | "https:", host: string, port: number, options: RequestOptions): ClientRequest {
  return new ClientRequest({
    ...options,
    protocol,
    host,
    port,
    agent: protocol === "https:" ? new TlsAgent() : new Agent(),
  });
}

function authorization({ username, password }: URL): [string, string][] {
  if (username === "" && password === "") return [];
  const credential = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [["Proxy-Authorization", `Basic ${Buffer.from(credential).toString("base64")}`]];
}
