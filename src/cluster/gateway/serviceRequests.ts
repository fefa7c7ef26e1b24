import { Agent, ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { exchange } from "./exchange.ts";
import { endToEnd, reset } from "./gatewayAnswers.ts";
import { GatewayError } from "./gatewayError.ts";
import type { RequestTarget } from "./requestTarget.ts";
import type { PodPort, ServiceReach } from "./services.ts";

/** To one pod at a time; more requests than this wait for a connection. */
const mostConnections = 128;
/** Kept open to one pod while no request is under way. */
const mostIdle = 8;
/** A connection that ended while it was idle shows that this soon after it is used again, in ms. */
const idleEndMs = 200;
/** For this long a pod that could not be reached is taken only when there is no other, in ms. */
const avoidMs = 5000;

/** The pods of a service as they were last known, and the way to ask anew when none of them can be reached. */
export interface ServicePods {
  readonly pods: readonly PodPort[];
  readonly anew: () => Promise<readonly PodPort[]>;
}

/** A request that may be sent once more when its connection broke before the answer began. */
const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sends requests to the pods of services, over connections that are used again. */
export class ServiceRequests {
  readonly #reach: () => Promise<ServiceReach>;
  readonly #closing: AbortSignal;
  readonly #agent: PodAgent;
  /** When a pod, by its namespace, name and uid, could not be reached. */
  readonly #failed = new Map<string, number>();
  #turn = 0;

  constructor(reach: () => Promise<ServiceReach>, closing: AbortSignal) {
    this.#reach = reach;
    this.#closing = closing;
    this.#agent = new PodAgent((pod) => this.#open(pod));
  }

  /**
   * Passes a request on to one of the pods, in turn. A connection that breaks under it is told to the client as a reset.
   * @throws GatewayError where no pod could be reached before an answer began
   */
  async forward(
    target: RequestTarget,
    service: ServicePods,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    let { pods } = service;
    let anew = false;
    for (let attempt = 0; ; attempt++) {
      const pod = this.#next(pods);
      const startedAt = performance.now();
      // VS Code has a `request` of its own in extensions, which puts its proxy agent in the place of ours.
      const far = new ClientRequest({
        agent: this.#agent,
        // The agent keeps connections apart by this name and port.
        host: `${pod.uid}.${pod.pod}.${pod.namespace}`,
        port: pod.port,
        method: request.method ?? "GET",
        path: target.path,
        headers: endToEnd(request.rawHeaders),
      });
      try {
        return await exchange(far, request, response);
      } catch (error) {
        const again = !far.socket || isRepeatable(request);
        const wasIdle = far.reusedSocket && performance.now() - startedAt < idleEndMs;
        if (!(error instanceof GatewayError) && again && wasIdle && attempt < mostIdle) continue;
        await this.#avoid(pod);
        if (!(error instanceof GatewayError)) return reset(request.socket);
        if (!again || (anew && attempt >= pods.length - 1)) throw error;
        if (attempt < pods.length - 1) continue;
        pods = await service.anew();
        anew = true;
        attempt = -1;
      }
    }
  }

  /**
   * A connection to the first of the pods that can be reached, which the caller destroys.
   * @throws GatewayError
   */
  async open(service: ServicePods): Promise<Duplex> {
    try {
      return await this.#openAny(service.pods);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return this.#openAny(await service.anew());
    }
  }

  async #openAny(pods: readonly PodPort[]): Promise<Duplex> {
    for (let attempt = 0; ; attempt++) {
      const pod = this.#next(pods);
      try {
        return await this.#open(pod);
      } catch (error) {
        await this.#avoid(pod);
        if (!(error instanceof GatewayError) || attempt >= pods.length - 1) throw error;
      }
    }
  }

  /** Ends the connections that are kept. */
  close(): void {
    this.#agent.destroy();
  }

  async #open(pod: PodPort): Promise<Duplex> {
    return (await this.#reach()).open(pod, this.#closing);
  }

  #next(pods: readonly PodPort[]): PodPort {
    const well = pods.filter((pod) => performance.now() - (this.#failed.get(keyOf(pod)) ?? -avoidMs) >= avoidMs);
    const choice = well.length > 0 ? well : pods;
    const pod = choice[this.#turn++ % choice.length];
    if (!pod) throw new GatewayError("no-ready-pod", "No pod of the service is ready.");
    return pod;
  }

  async #avoid(pod: PodPort): Promise<void> {
    this.#failed.set(keyOf(pod), performance.now());
    (await this.#reach()).forget(pod);
  }
}

function keyOf({ namespace, pod, uid }: PodPort): string {
  return `${namespace}/${pod}/${uid}`;
}

/** Whether a request changes nothing and has no body that is used up. */
function isRepeatable({ method = "", headers }: IncomingMessage): boolean {
  return repeatable.has(method) && !headers["content-length"] && !headers["transfer-encoding"];
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
    // A namespace and a uid have no dot, a pod may.
    const [, uid = "", pod = "", namespace = ""] = /^([^.]*)\.(.*)\.([^.]+)$/.exec(options.host ?? "") ?? [];
    this.#open({ uid, pod, namespace, port: Number(options.port) }).then(
      (stream) => done?.(null, stream),
      (error: Error) => done?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}
