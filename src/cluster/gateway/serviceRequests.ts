import { Agent, ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { exchange } from "./exchange.ts";
import { endToEnd, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import type { PodPort, ServiceReach } from "./services.ts";

/** To one pod at a time; more requests than this wait for a connection. */
const mostConnections = 128;
/** Kept open to one pod while no request is under way. */
const mostIdle = 8;

/** A request that may be sent once more when its connection broke before the answer began. */
const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sends requests to the pods of services, over connections that are used again. */
export class ServiceRequests {
  readonly #reach: () => Promise<ServiceReach>;
  readonly #closing: AbortSignal;
  readonly #agent: PodAgent;
  #turn = 0;

  constructor(reach: () => Promise<ServiceReach>, closing: AbortSignal) {
    this.#reach = reach;
    this.#closing = closing;
    this.#agent = new PodAgent((pod) => this.#open(pod));
  }

  /**
   * Passes a request on to one of the pods, in turn.
   * @throws GatewayError where no pod could be reached before an answer began
   */
  async forward(url: URL, pods: readonly PodPort[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const pod = this.#next(pods);
      // VS Code has a `request` of its own in extensions, which puts its proxy agent in the place of ours.
      const far = new ClientRequest({
        agent: this.#agent,
        // The agent keeps connections apart by this name and port.
        host: `${pod.pod}.${pod.namespace}`,
        port: pod.port,
        method: request.method ?? "GET",
        path: `${url.pathname}${url.search}`,
        headers: endToEnd(request.rawHeaders),
      });
      try {
        return await exchange(far, request, response);
      } catch (error) {
        const bodyless = repeatable.has(request.method ?? "") && !request.headers["content-length"];
        if (error instanceof GatewayError) {
          if (bodyless && attempt < pods.length - 1) continue;
          throw error;
        }
        // An idle connection can end just when it is used again.
        if (bodyless && far.reusedSocket && attempt < mostIdle) continue;
        return reset(request.socket);
      }
    }
  }

  /**
   * A connection to one of the pods, which the caller destroys.
   * @throws GatewayError
   */
  open(pods: readonly PodPort[]): Promise<Duplex> {
    return this.#open(this.#next(pods));
  }

  /** Ends the connections that are kept. */
  close(): void {
    this.#agent.destroy();
  }

  async #open(pod: PodPort): Promise<Duplex> {
    return (await this.#reach()).open(pod, this.#closing);
  }

  #next(pods: readonly PodPort[]): PodPort {
    const pod = pods[this.#turn++ % pods.length];
    if (!pod) throw new GatewayError("no-ready-pod", "No pod of the service is ready.");
    return pod;
  }
}

/** Connections through the API server instead of TCP; what opens them gets the pod back from the name. */
class PodAgent extends Agent {
  readonly #open: (pod: PodPort) => Promise<Duplex>;

  constructor(open: (pod: PodPort) => Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: mostConnections, maxFreeSockets: mostIdle, scheduling: "lifo" });
    this.#open = open;
  }

  override createConnection(
    options: { host?: string | null; port?: number | string | null },
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // A namespace has no dot in its name, a pod may.
    const [, pod = "", namespace = ""] = /^(.*)\.([^.]+)$/.exec(options.host ?? "") ?? [];
    this.#open({ pod, namespace, port: Number(options.port) }).then(
      (stream) => done?.(null, stream),
      (error: Error) => done?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}
