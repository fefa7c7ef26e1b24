import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { resetConnection } from "../../../src/cluster/gateway/resetConnection.ts";

/** What a faulty API server does with its requests. */
export type Fault =
  /** Nothing: the API server answers. */
  | { readonly kind: "none" }
  /** Not a byte more comes, on open connections either; none is closed. */
  | { readonly kind: "black-hole" }
  /** Every request is answered with this status. */
  | { readonly kind: "status"; readonly status: number }
  /** Only requests with this bearer token are passed on; the others are answered with 401. */
  | { readonly kind: "token"; readonly token: string };

/** An HTTP proxy on loopback before the API server, whose admin it is; it can be given faults. */
export class FaultyApi {
  readonly #upstream: URL;
  readonly #tls: RequestOptions;
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #fault: Fault = { kind: "none" };
  /** The paths with query of all requests since the last `fail`. */
  requests: string[] = [];

  private constructor(upstream: URL, tls: RequestOptions) {
    this.#upstream = upstream;
    this.#tls = tls;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(upstream: URL, tls: RequestOptions): Promise<FaultyApi> {
    const api = new FaultyApi(upstream, tls);
    api.#server.listen(0, "127.0.0.1");
    await once(api.#server, "listening");
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many answers are not at their end. */
  get openCount(): number {
    return this.#open.size;
  }

  /** From now on, this fault. What a black hole has swallowed is lost. */
  fail(fault: Fault): void {
    if (this.#fault.kind === "black-hole") this.reset();
    this.#fault = fault;
    this.requests = [];
  }

  /** Resets every open connection. */
  reset(): void {
    for (const { socket } of this.#open) if (socket) resetConnection(socket);
    this.#server.closeAllConnections();
  }

  /** Ends every open answer as a server does that has nothing more to say. */
  endStreams(): void {
    for (const response of this.#open) response.end();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.reset();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url ?? "");
    this.#open.add(response);
    response.once("close", () => this.#open.delete(response));
    const fault = this.#fault;
    if (fault.kind === "black-hole") return;
    if (fault.kind === "status") refuse(response, fault.status);
    else if (fault.kind === "token" && request.headers.authorization !== `Bearer ${fault.token}`) refuse(response, 401);
    else this.#pass(request, response);
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = "/" } = request;
    const upstream = httpsRequest(new URL(url, this.#upstream), { ...this.#tls, method, agent: false });
    upstream.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      answer.on("data", (chunk) => {
        if (this.#fault.kind !== "black-hole") response.write(chunk);
      });
      answer.on("end", () => response.end());
      answer.on("error", () => response.destroy());
    });
    upstream.on("error", () => response.destroy());
    response.once("close", () => upstream.destroy());
    request.pipe(upstream);
  }
}

function refuse(response: ServerResponse, status: number): void {
  const body = { kind: "Status", apiVersion: "v1", status: "Failure", code: status, message: `refused with ${status}` };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
