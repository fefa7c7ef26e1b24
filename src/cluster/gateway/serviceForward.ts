import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { GatewayError } from "./gatewayError.ts";
import { joinStreams } from "./joinStreams.ts";
import { resetConnection } from "./resetConnection.ts";
import type { ServicePort } from "./servicePorts.ts";
import type { PodPort, ServiceReach } from "./services.ts";

/** What a forward needs from its surroundings. */
export interface ServiceForwardOptions {
  readonly service: ServicePort;
  readonly reach: ServiceReach;
  /** Leaves the service's own port number to others: nobody will type the address. */
  readonly anyPort?: true;
  /** Told when a connection came or went, and when one could not be made. */
  readonly onChange: () => void;
}

/** Ports below are the system's own: a service's number is not taken over from them. */
const firstFreePort = 1024;
/** How long the cluster may take to tell a service's pods, in ms. */
const findMs = 10_000;

/**
 * A port on loopback that leads to a service: each connection to one of the pods that are ready then. It asks for no
 * credential, as `kubectl port-forward` does not.
 */
export class ServiceForward {
  readonly service: ServicePort;
  readonly #options: ServiceForwardOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #closing = new AbortController();
  #problem: string | null = null;
  #turn = 0;

  private constructor(options: ServiceForwardOptions) {
    this.service = options.service;
    this.#options = options;
    // Nothing is read from a client before there is a pod to read it.
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => void this.#accept(socket));
  }

  /** Opens a forward on the service's own port number where that is free and wanted, else on another; the caller closes it. */
  static async open(options: ServiceForwardOptions): Promise<ServiceForward> {
    const forward = new ServiceForward(options);
    const { port } = options.service;
    const own = !options.anyPort && port >= firstFreePort;
    if (!own || !(await forward.#listen(port))) await forward.#listen(0);
    return forward;
  }

  /** `127.0.0.1:port` for clients. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo | null)?.port ?? 0}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Why the last connection could not be made; null where it could. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Ends every connection and settles when none is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** False where the port is taken. */
  async #listen(port: number): Promise<boolean> {
    this.#server.listen(port, "127.0.0.1");
    try {
      await once(this.#server, "listening");
      return true;
    } catch (error) {
      if (port !== 0 && ["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
      throw error;
    }
  }

  async #accept(socket: Socket): Promise<void> {
    const { onChange } = this.#options;
    this.#sockets.add(socket);
    socket.once("error", () => socket.destroy());
    socket.once("close", () => {
      this.#sockets.delete(socket);
      onChange();
    });
    onChange();
    try {
      const far = await this.#open();
      this.#problem = null;
      joinStreams(socket, far);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      resetConnection(socket);
    }
  }

  /** @throws GatewayError */
  async #open(): Promise<Duplex> {
    const { reach, service } = this.#options;
    const name = { service: service.service, namespace: service.namespace, pod: null, sure: true };
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(findMs)]);
    const pods = (await reach.find(name, service.port, signal)) ?? [];
    for (let attempt = 0; ; attempt++) {
      const pod: PodPort | undefined = pods[this.#turn++ % pods.length];
      if (!pod) throw new GatewayError("no-service", `The service ${service.service} is gone.`);
      try {
        return await reach.open(pod, this.#closing.signal);
      } catch (error) {
        reach.forget(pod);
        if (!(error instanceof GatewayError) || attempt >= pods.length - 1) throw error;
      }
    }
  }
}
