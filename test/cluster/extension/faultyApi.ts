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
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Every request is answered with success and this text, as a login page or a broken proxy does. */
  | { readonly kind: "text"; readonly text: string; readonly type: string }
  /** Every answer comes only at the end of the fault. */
  | { readonly kind: "late" }
  /** Of every answer only so many bytes come; then nothing more, or the end. */
  | { readonly kind: "cut"; readonly bytes: number; readonly after: "silence" | "end" | "reset" }
  /** Every request is reset before an answer. */
  | { readonly kind: "reset" }
  /** Only requests with this bearer token are passed on; the others are answered with 401. */
  | { readonly kind: "token"; readonly token: string };

/** An HTTP proxy on loopback before the API server, whose admin it is; it can be given faults. */
export class FaultyApi {
  readonly #upstream: URL;
  readonly #tls: RequestOptions;
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  readonly #held: (() => void)[] = [];
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

  /** From now on, this fault. What a black hole has swallowed, or a silence cut off, is lost. */
  fail(fault: Fault): void {
    if (this.#fault.kind === "black-hole" || this.#fault.kind === "cut") this.reset();
    this.#fault = fault;
    for (const pass of this.#held.splice(0)) pass();
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
    if (fault.kind === "status") refuse(response, fault.status, fault.headers);
    else if (fault.kind === "text") response.writeHead(200, { "content-type": fault.type }).end(fault.text);
    else if (fault.kind === "reset") resetConnection(request.socket);
    else if (fault.kind === "late") this.#held.push(() => this.#pass(request, response));
    else if (fault.kind === "token" && request.headers.authorization !== `Bearer ${fault.token}`) refuse(response, 401);
    else this.#pass(request, response);
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = "/" } = request;
    const upstream = httpsRequest(new URL(url, this.#upstream), { ...this.#tls, method, agent: false });
    upstream.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      let left = Number.POSITIVE_INFINITY;
      if (this.#fault.kind === "cut") left = this.#fault.bytes;
      answer.on("data", (chunk: Buffer) => {
        if (this.#fault.kind === "black-hole" || left === 0) return;
        response.write(chunk.subarray(0, left));
        left = Math.max(0, left - chunk.length);
        if (left > 0 || this.#fault.kind !== "cut") return;
        if (this.#fault.after === "end") response.end();
        else if (this.#fault.after === "reset" && response.socket) resetConnection(response.socket);
      });
      answer.on("end", () => response.end());
      answer.on("error", () => response.destroy());
    });
    upstream.on("error", () => response.destroy());
    response.once("close", () => upstream.destroy());
    request.pipe(upstream);
  }
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const body = { kind: "Status", apiVersion: "v1", status: "Failure", code: status, message: `refused with ${status}` };
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
