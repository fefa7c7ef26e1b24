import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { answerText, isAbsolute, refuseTunnel, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import { OtherHosts } from "./otherHosts.ts";
import { readServiceName } from "./serviceName.ts";
import { ServiceRequests } from "./serviceRequests.ts";
import type { PodPort, ServiceReach } from "./services.ts";
import type { UserProxies } from "./userProxies.ts";

/** What a gateway needs from its surroundings. */
export interface GatewayOptions {
  /** The way into the cluster; asked for when the first request for a service comes. */
  readonly reach: () => Promise<ServiceReach>;
  readonly proxies: UserProxies;
}

const maxHeaderBytes = 32 * 1024;
/** How long the cluster may take to tell a service's pods, in ms. */
const findMs = 10_000;

/**
 * A proxy on loopback through which the processes of one run reach the services of its target by the names they have
 * in the cluster. It wants the run's own credential, and passes on to other hosts what is meant for them, as the
 * environment of the user would.
 */
export class Gateway {
  readonly #server: Server;
  readonly #options: GatewayOptions;
  readonly #credential = randomBytes(24).toString("base64url");
  readonly #requests: ServiceRequests;
  readonly #others: OtherHosts;
  readonly #sockets = new Set<Duplex>();
  readonly #closing = new AbortController();
  #reach: Promise<ServiceReach> | undefined;

  private constructor(options: GatewayOptions) {
    this.#options = options;
    const reach = () => this.#getReach();
    this.#requests = new ServiceRequests(reach, this.#closing.signal);
    this.#others = new OtherHosts(options.proxies);
    this.#server = createServer({ maxHeaderSize: maxHeaderBytes, keepAliveTimeout: 0 }, (request, response) => {
      void this.#request(request, response);
    });
    this.#server.on("connect", (request, socket, head) => void this.#connect(request, socket, head));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** Opens a gateway; the caller closes it. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const gateway = new Gateway(options);
    gateway.#server.listen(0, "127.0.0.1");
    await once(gateway.#server, "listening");
    return gateway;
  }

  /** For a client's proxy settings: it holds the credential. */
  get url(): string {
    return `http://podbook:${this.#credential}@127.0.0.1:${this.#port}`;
  }

  /** Ends every connection and settles when none is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#requests.close();
    await closed;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  #getReach(): Promise<ServiceReach> {
    this.#reach ??= this.#options.reach();
    return this.#reach;
  }

  #isAllowed(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers["proxy-authorization"] ?? "");
    const wanted = Buffer.from(`Basic ${Buffer.from(`podbook:${this.#credential}`).toString("base64")}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  async #request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!this.#isAllowed(request)) {
        response.setHeader("proxy-authenticate", 'Basic realm="podbook"');
        return answerText(response, 407, "This gateway serves one run of Podbook only.");
      }
      const url = isAbsolute(request.url) ? URL.parse(request.url) : null;
      if (url?.protocol !== "http:")
        return answerText(response, 400, "This gateway is an HTTP proxy; it has no pages.");
      const pods = await this.#find(url.hostname, Number(url.port || 80));
      if (pods) await this.#requests.forward(url, pods, request, response);
      else await this.#others.forward(url, request, response);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (response.headersSent) reset(request.socket);
      else answerText(response, error.status, error.message);
    }
  }

  async #connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    let far: Duplex;
    try {
      if (!this.#isAllowed(request)) return refuseTunnel(socket, 407, "This gateway serves one run of Podbook only.");
      const [, host = "", port = ""] = /^(\[[0-9a-fA-F:.]+\]|[^:/?#@\s]+):(\d{1,5})$/.exec(request.url ?? "") ?? [];
      if (host === "") return refuseTunnel(socket, 400, "CONNECT needs a host and a port.");
      const pods = await this.#find(host, Number(port));
      far = pods
        ? await this.#requests.open(pods)
        : await this.#others.open(host.replace(/^\[|\]$/g, ""), Number(port));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return refuseTunnel(socket, error.status, error.message);
    }
    const end = () => {
      socket.destroy();
      far.destroy();
    };
    for (const side of [socket, far]) side.once("error", end).once("close", end);
    if (socket.destroyed) return end();
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) far.write(head);
    socket.pipe(far).pipe(socket);
  }

  /** The ready pods behind a host; undefined where it is none of the cluster's. */
  async #find(host: string, port: number): Promise<PodPort[] | undefined> {
    const name = isIP(host.replace(/^\[|\]$/g, "")) ? null : readServiceName(host);
    if (!name) return undefined;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(findMs)]);
    const pods = await (await this.#getReach()).find(name, port, signal);
    if (pods || !name.sure) return pods;
    throw new GatewayError("no-service", `There is no service ${name.service} in namespace ${name.namespace}.`);
  }
}
