import { Duplex } from "node:stream";
import type WebSocket from "ws";
import type { ApiClient } from "../apiClient.ts";
import { ClusterError } from "../clusterError.ts";
import { GatewayError } from "./gatewayError.ts";
import type { PodLives } from "./podLives.ts";
import type { PodPort } from "./services.ts";
import { SilenceWatch } from "./silenceWatch.ts";

// The protocol of Kubernetes' port-forward over a WebSocket: each message begins with the number of its channel, and
// the first message of a channel holds the port.
const protocols = ["v4.channel.k8s.io"];
const dataChannel = 0;
const errorChannel = 1;
const portBytes = 2;

/**
 * Opens a connection to a port of a pod, through the API server.
 * @throws GatewayError `not-reachable`
 */
export async function openPodTunnel(
  client: ApiClient,
  pod: PodPort,
  lives: PodLives,
  signal: AbortSignal,
): Promise<PodTunnel> {
  const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.pod)}/portforward`;
  try {
    return new PodTunnel(await client.webSocket(path, { ports: String(pod.port) }, protocols, signal), pod, lives);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new GatewayError("not-reachable", `Pod ${pod.pod} cannot be reached: ${error.message}`, { cause: error });
  }
}

/**
 * A connection to a port of a pod. The protocol knows no half-closed connections: the pod does not see our end of file,
 * and its own is the end of both.
 */
export class PodTunnel extends Duplex {
  readonly #socket: WebSocket;
  readonly #begun = new Set<number>();
  readonly #pod: PodPort;
  readonly #watch: SilenceWatch;

  constructor(socket: WebSocket, pod: PodPort, lives: PodLives) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#pod = pod;
    this.#watch = new SilenceWatch(
      () => lives.isGone(pod),
      () => this.destroy(new Error(`Pod ${pod.pod} is gone.`)),
    );
    socket.on("message", (message: Buffer) => this.#take(message));
    socket.on("close", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#watch.sent();
    this.#socket.send(Buffer.concat([Buffer.of(dataChannel), chunk]), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#watch.end();
    this.#socket.terminate();
    done(error);
  }

  // What node:http asks of a socket and this has no use for.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  #take(message: Buffer): void {
    this.#watch.heard();
    const channel = message[0] ?? dataChannel;
    const first = !this.#begun.has(channel);
    this.#begun.add(channel);
    const content = message.subarray(first ? 1 + portBytes : 1);
    if (content.length === 0) return;
    if (channel === errorChannel) {
      const words = content.toString("utf8").trim();
      this.destroy(new GatewayError("not-reachable", `Pod ${this.#pod.pod}: ${words}`));
    } else if (channel === dataChannel && !this.push(content)) this.#socket.pause();
  }
}
