import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy on loopback before an API server, which can be cut to make the server look stopped. */
export class ApiProxy {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  /** The port it listens on, the same after every restore; 0 before the first. */
  port = 0;

  /** The target is the API server's address, such as `https://127.0.0.1:6443`. */
  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** Listens, on the port it had before. */
  async restore(): Promise<void> {
    const server = createServer((client) => {
      const upstream = connect(Number(this.#target.port), this.#target.hostname);
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on("close", () => this.#sockets.delete(socket));
        // Either side may break off at any time; then the other is cut too.
        socket.on("error", () => this.#end(client, upstream));
        socket.on("close", () => this.#end(client, upstream));
      }
      client.pipe(upstream).pipe(client);
    });
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Breaks all connections and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #end(...sockets: Socket[]): void {
    for (const socket of sockets) socket.destroy();
  }
}
