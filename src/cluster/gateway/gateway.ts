import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { readServiceName, type ServiceName } from "../../plan/serviceName.ts";
import { answerText, refuseTunnel, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import { joinStreams } from "./joinStreams.ts";
import { mayReach } from "./namedNamespaces.ts";
import { OtherHosts } from "./otherHosts.ts";
import { type RequestTarget, readAbsoluteTarget, readTunnelTarget } from "./requestTarget.ts";
import { type ServicePods, ServiceRequests } from "./serviceRequests.ts";
import type { PodPort, ServiceReach } from "./services.ts";
import type { UserProxies } from "./userProxies.ts";

/** What a gateway needs from its surroundings. */
export interface GatewayOptions {
  /** The way into the cluster; asked for when the first request for a service comes. */
  readonly reach: () => Promise<ServiceReach>;
  readonly proxies: UserProxies;
  /** The namespace that the run is pinned to. */
  readonly namespace: string;
  /** The text of the run: it can name more namespaces, whose services it then reaches too. */
  readonly script: string;
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
  /** What is being asked of the cluster, so that a hundred requests at once ask one question. */
  readonly #finding = new Map<string, Promise<PodPort[] | undefined>>();
  #reach: Promise<ServiceReach> | undefined;

  private constructor(options: GatewayOptions) {
    this.#options = options;
    const reach = () => this.#getReach();
    this.#requests = new ServiceRequests(reach, this.#closing.signal);
    this.#others = new OtherHosts(options.proxies);
    const strict = { maxHeaderSize: maxHeaderBytes, insecureHTTPParser: false, requireHostHeader: true };
    // A large upload takes its time.
    const patient = { keepAliveTimeout: 0, requestTimeout: 0 };
    this.#server = createServer({ ...strict, ...patient }, (request, response) => {
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

  async #getReach(): Promise<ServiceReach> {
    this.#reach ??= this.#options.reach();
    try {
      return await this.#reach;
    } catch (error) {
      this.#reach = undefined;
      throw error;
    }
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
      const target = readAbsoluteTarget(request.url ?? "");
      if (!target) return answerText(response, 400, "This gateway is an HTTP proxy; it has no pages.");
      if (isAmbiguous(request)) return answerText(response, 400, "The request can be read in more than one way.");
      const pods = await this.#find(target);
      if (pods) await this.#requests.forward(target, this.#service(target, pods), request, response);
      else await this.#others.forward(target, request, response);
    } catch (error) {
      const { status, message } = asGatewayError(error);
      if (response.headersSent) reset(request.socket);
      else answerText(response, status, message);
    }
  }

  async #connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    let far: Duplex;
    try {
      if (!this.#isAllowed(request)) return refuseTunnel(socket, 407, "This gateway serves one run of Podbook only.");
      const target = readTunnelTarget(request.url ?? "");
      if (!target) return refuseTunnel(socket, 400, "CONNECT needs a host and a port.");
      const pods = await this.#find(target);
      far = pods ? await this.#requests.open(this.#service(target, pods)) : await this.#others.open(target);
    } catch (error) {
      const { status, message } = asGatewayError(error);
      return refuseTunnel(socket, status, message);
    }
    if (!socket.destroyed) socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) far.write(head);
    joinStreams(socket, far);
  }

  #service(target: RequestTarget, pods: readonly PodPort[]): ServicePods {
    return { pods, anew: async () => (await this.#find(target)) ?? [] };
  }

  /** The ready pods behind a host; undefined where it is none of the cluster's. */
  async #find(target: RequestTarget): Promise<PodPort[] | undefined> {
    const name = isIP(target.host) ? null : readServiceName(target.host);
    if (!name) return undefined;
    const { namespace, script } = this.#options;
    if (!mayReach(name.namespace, namespace, script)) {
      if (!name.sure) return undefined;
      const words = `Service ${name.service} is in namespace ${name.namespace}, but the run is pinned to ${namespace}`;
      throw new GatewayError("refused", `${words}. Name the namespace in the block, if only in a comment.`);
    }
    try {
      const pods = await this.#ask(name, target.port);
      if (pods || !name.sure) return pods;
    } catch (error) {
      // Without the cluster's word, such a name is rather a host elsewhere than a service of another namespace.
      if (!name.sure && name.namespace !== namespace && asGatewayError(error).reason === "not-reachable")
        return undefined;
      throw error;
    }
    throw new GatewayError("no-service", `There is no service ${name.service} in namespace ${name.namespace}.`);
  }

  #ask(name: ServiceName, port: number): Promise<PodPort[] | undefined> {
    const key = `${name.pod} ${name.service} ${name.namespace} ${port}`;
    const asked = this.#finding.get(key);
    if (asked) return asked;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(findMs)]);
    const asking = this.#getReach()
      .then((reach) => reach.find(name, port, signal))
      .finally(() => this.#finding.delete(key));
    this.#finding.set(key, asking);
    return asking;
  }
}

/** Whether the next reader could take a request for another one: what Node's strict parser lets pass. */
function isAmbiguous({ httpVersion, rawHeaders, headers }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  const { "transfer-encoding": encoding = "chunked" } = headers;
  return !/^1\.[01]$/.test(httpVersion) || hosts.length > 1 || encoding.toLowerCase() !== "chunked";
}

/** What the client is told of any failure; those that are not of the way into the cluster are said in their own words. */
function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new GatewayError("not-reachable", `The cluster cannot be reached: ${why}`, { cause: error });
}
