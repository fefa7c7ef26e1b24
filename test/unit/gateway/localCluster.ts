import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { GatewayError } from "../../../src/cluster/gateway/gatewayError.ts";
import type { PodPort, ServiceReach } from "../../../src/cluster/gateway/services.ts";
import { UserProxies } from "../../../src/cluster/gateway/userProxies.ts";
import type { ServiceName } from "../../../src/plan/serviceName.ts";

/** Servers on loopback in the place of a cluster's pods: what a gateway sends them is kept byte for byte. */
export class LocalCluster implements ServiceReach {
  /** What has arrived at any pod, in order. */
  readonly arrived: Buffer[] = [];
  /** How many connections to pods were opened. */
  opened = 0;
  /** How often it was asked for the pods of a service. */
  asked = 0;
  /** How long it takes to tell them, in ms. */
  findMs = 0;
  /** Where its gateways listen. */
  readonly gatewayPorts = new Set<number>();
  readonly #pods = new Map<string, Server>();
  readonly #services = new Map<string, PodPort[]>();
  readonly #gateways: Gateway[] = [];

  /** A service in a namespace, `web.shop`, with a pod for each listener; `null` is a pod that cannot be reached. */
  async serve(service: string, ...listeners: (RequestListener | null)[]): Promise<void> {
    const [, namespace = ""] = service.split(".");
    const pods = listeners.map((_listener, index) => ({
      namespace,
      pod: `${service.replace(".", "-")}-${index}`,
      uid: `${index}`,
      port: 1,
    }));
    this.#services.set(service, pods);
    for (const [index, listener] of listeners.entries()) {
      if (!listener) continue;
      const server = createServer(listener).listen(0, "127.0.0.1");
      await once(server, "listening");
      server.on("connection", (socket) => socket.on("data", (bytes: Buffer) => this.arrived.push(bytes)));
      this.#pods.set(pods[index]?.pod ?? "", server);
    }
  }

  async find({ service, namespace }: ServiceName): Promise<PodPort[] | undefined> {
    this.asked++;
    await setTimeout(this.findMs);
    if (namespace === "down") throw new GatewayError("not-reachable", "The cluster is down.");
    const pods = this.#services.get(`${service}.${namespace}`);
    if (pods?.length === 0) throw new GatewayError("no-ready-pod", "No pod is ready.");
    return pods;
  }

  async open({ pod }: PodPort): Promise<Duplex> {
    const server = this.#pods.get(pod);
    if (!server) throw new GatewayError("not-reachable", `Pod ${pod} cannot be reached.`);
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    this.opened++;
    return socket;
  }

  forget(): void {}

  /** A gateway into this cluster, pinned to the namespace `shop`. */
  gateway(own: NodeJS.ProcessEnv = {}, script = ""): Promise<Gateway> {
    return this.gatewayBy(async () => this, own, script);
  }

  /** The same, with a way into the cluster of its own. */
  async gatewayBy(reach: () => Promise<ServiceReach>, own: NodeJS.ProcessEnv = {}, script = ""): Promise<Gateway> {
    const gateway = await Gateway.open({ reach, proxies: new UserProxies(own), namespace: "shop", script });
    this.#gateways.push(gateway);
    this.gatewayPorts.add(Number(new URL(gateway.url).port));
    return gateway;
  }

  async close(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.close()));
    for (const server of this.#pods.values()) {
      server.close();
      server.closeAllConnections();
    }
  }
}

/** The header that a gateway wants, with its line end. */
export function credentialOf(gateway: Gateway): string {
  const { username, password } = new URL(gateway.url);
  return `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}\r\n`;
}

/** How a connection ended, and all that was answered on it. */
export interface RawAnswer {
  readonly text: string;
  readonly error: string | null;
}

/** What is answered to raw bytes until the other side ends, or what has come when it is silent for 2 s. */
export async function raw(url: string, request: string): Promise<RawAnswer> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let text = "";
  let error: string | null = null;
  socket.setEncoding("latin1").on("data", (more: string) => {
    text += more;
  });
  // A refusal may cut the connection while the request is still being written.
  socket.on("error", (failure: NodeJS.ErrnoException) => {
    error = failure.code ?? failure.message;
  });
  socket.setTimeout(2000, () => socket.destroy());
  socket.write(Buffer.from(request, "latin1"));
  await new Promise((resolve) => socket.once("close", resolve));
  return { text, error };
}

/** Answers with what was asked, as JSON. */
export const echo: RequestListener = async (request: IncomingMessage, response) => {
  const body = (await buffer(request)).toString("latin1");
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, body }));
};
