import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { resetConnection } from "../../../src/cluster/gateway/resetConnection.ts";

/** A TCP proxy on loopback before the API server, which can be cut and restored on the same port. */
export class CuttableProxy {
  #upstream: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  private constructor(upstream: URL) {
    this.#upstream = upstream;
  }

  static async start(upstream: URL): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(upstream);
    await proxy.restore();
    return proxy;
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** Refuses connections, and resets those that are open, as a server that died does. */
  cut(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#sockets) resetConnection(socket);
    this.#sockets.clear();
  }

  /** Resets what is open, and leads to another server from now on. */
  leadTo(upstream: URL): void {
    this.#upstream = upstream;
    for (const socket of this.#sockets) resetConnection(socket);
    this.#sockets.clear();
  }

  async restore(): Promise<void> {
    const server = createServer((socket) => this.#join(socket, connect(Number(this.#upstream.port), "127.0.0.1")));
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.cut();
    if (server?.listening) await once(server, "close");
  }

  #join(one: Socket, other: Socket): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      // Either side may be reset at any time: the other is reset too, which is all there is to do about it.
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
