import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request for a query: the host it was sent to, and as whom. */
export interface AskedQuery {
  readonly host: string;
  readonly authorization: string | undefined;
}

/** An HTTP server that speaks Prometheus's API to those who have its password: everything has the value 1. */
export class GuardedPrometheus {
  readonly user = "anna";
  readonly password = "pass:word";
  /** What it was asked, in order. */
  readonly asked: AskedQuery[] = [];
  readonly #server: Server;

  private constructor() {
    const wanted = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString("base64")}`;
    this.#server = createServer((request, response) => {
      const { authorization, host = "" } = request.headers;
      this.asked.push({ host, authorization });
      const isQuery = request.url === "/api/v1/query";
      const data = isQuery ? { resultType: "vector", result: [{ metric: {}, value: [1, "1"] }] } : [];
      text(request).then(() => {
        if (authorization === wanted) response.end(JSON.stringify({ status: "success", data }));
        else response.writeHead(401).end("Unauthorized");
      }, request.destroy.bind(request));
    });
  }

  /** Starts it on loopback; the caller closes it. */
  static async start(): Promise<GuardedPrometheus> {
    const prometheus = new GuardedPrometheus();
    prometheus.#server.listen(0, "127.0.0.1");
    await once(prometheus.#server, "listening");
    return prometheus;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
