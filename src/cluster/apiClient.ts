import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { text } from "node:stream/consumers";
import WebSocket from "ws";
import { answerError, answerNotUnderstood, connectionError } from "./apiErrors.ts";
import { ClusterError } from "./clusterError.ts";
import { Credentials } from "./credentials.ts";
import { IdleLimit } from "./idleLimit.ts";
import type { PinnedTarget } from "./kubeconfig.ts";

/** Query parameters of a request. */
export type Query = Readonly<Record<string, string>>;

/** How a streaming answer is read. */
export interface StreamReader {
  /** The server has accepted the request, and lines may come. */
  readonly onOpen: () => void;
  /** What this throws ends the stream. */
  readonly onLine: (line: string) => void;
  /** The stream is broken off after this time without a byte, in ms. */
  readonly idleMs: number;
}

interface ApiRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query: Query;
  readonly body?: string;
  /** The longest time without a byte, in ms. */
  readonly idleMs: number;
}

/** An API server that is alive says something sooner than this, in ms. */
const answerMs = 10_000;
/** So the kernel finds out in 20 s that the other side is gone, and a NAT on the way does not forget the connection. */
const keepAliveMs = 10_000;

/** The head of a list, with its metadata, is shorter than this, in characters. */
const longestHead = 4096;

/** Raw access to the API server of one pinned target: no typed decoding, whose cost grows with the number of pods. */
export class ApiClient {
  readonly #credentials: Credentials;
  readonly #server: string;

  constructor(pinned: PinnedTarget) {
    this.#credentials = new Credentials(pinned.kubeconfig, () => performance.now());
    this.#server = pinned.server;
  }

  /**
   * The JSON that a GET gives.
   * @throws ClusterError with every reason but those of the kubeconfig
   */
  async get(path: string, query: Query, signal: AbortSignal): Promise<unknown> {
    return this.#json({ method: "GET", path, query, idleMs: answerMs }, signal);
  }

  /**
   * The JSON that the server answers to a POST of `object`.
   * @throws ClusterError as `get` does
   */
  async post(path: string, object: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#json({ method: "POST", path, query: {}, body: JSON.stringify(object), idleMs: answerMs }, signal);
  }

  /**
   * One page of a list. The token of the next page stands at its head and is told at once, so that the server can be asked
   * for that page while this one is still read; `onNext` is not called where the head is not as expected.
   * @throws ClusterError as `get` does
   */
  async page(path: string, query: Query, signal: AbortSignal, onNext: (token: string) => void): Promise<unknown> {
    let head: string | null = "";
    return this.#json({ method: "GET", path, query, idleMs: answerMs }, signal, (chunk) => {
      if (head === null) return;
      head += chunk;
      const metadata = /^\{[^[{]*"metadata":\{([^{}]*)\}/.exec(head)?.[1];
      if (metadata !== undefined) onNext(/"continue":"([^"\\]*)"/.exec(metadata)?.[1] ?? "");
      if (metadata !== undefined || head.length > longestHead) head = null;
    });
  }

  async #json(request: ApiRequest, signal: AbortSignal, peek: (chunk: string) => void = () => {}): Promise<unknown> {
    let body = "";
    await this.#read(
      request,
      signal,
      () => {},
      (chunk) => {
        body += chunk;
        peek(chunk);
      },
    );
    try {
      return JSON.parse(body);
    } catch (error) {
      throw answerNotUnderstood(error, this.#server);
    }
  }

  /**
   * Gives every line of a streaming GET to a reader; settles when the server closes the stream.
   * @throws ClusterError as `get` does, also when the connection breaks or falls silent
   */
  async stream(path: string, query: Query, signal: AbortSignal, reader: StreamReader): Promise<void> {
    let rest = "";
    await this.#read({ method: "GET", path, query, idleMs: reader.idleMs }, signal, reader.onOpen, (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) reader.onLine(line);
    });
    // The API server ends every line. What does not was cut off, or is another server's page.
    if (rest !== "") reader.onLine(rest);
  }

  /**
   * An open WebSocket, which the caller ends.
   * @throws ClusterError as `get` does
   */
  async webSocket(path: string, query: Query, protocols: readonly string[], signal: AbortSignal): Promise<WebSocket> {
    const options: RequestOptions = { headers: {} };
    await this.#credentials.apply(options);
    const url = this.#url(path, query);
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    const socket = new WebSocket(url, [...protocols], { ...options, perMessageDeflate: false });
    const abort = () => socket.terminate();
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<WebSocket>((resolve, reject) => {
        socket.once("open", () => resolve(socket));
        socket.once("error", (error) => reject(connectionError(error, this.#server)));
        socket.once("unexpected-response", (_request, response: IncomingMessage) => {
          text(response)
            .then((body) => reject(answerError(response.statusCode ?? 0, body, this.#server)))
            .catch((error: unknown) => reject(connectionError(error, this.#server)));
        });
      });
    } catch (error) {
      // A socket that never opened reports its own end as one more error.
      socket.on("error", () => {}).terminate();
      throw error;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #url(path: string, query: Query): URL {
    const url = new URL(`${this.#server.replace(/\/+$/, "")}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  /** Reads an answer to its end. Credentials that the server refuses are renewed once. */
  async #read(
    request: ApiRequest,
    signal: AbortSignal,
    onOpen: () => void,
    onChunk: (chunk: string) => void,
  ): Promise<void> {
    const { generation } = this.#credentials;
    try {
      await this.#readOnce(request, signal, onOpen, onChunk);
    } catch (error) {
      const refused = error instanceof ClusterError && error.reason === "unauthorized";
      if (!refused || !this.#credentials.renew(generation)) throw error;
      await this.#readOnce(request, signal, onOpen, onChunk);
    }
  }

  async #readOnce(
    request: ApiRequest,
    signal: AbortSignal,
    onOpen: () => void,
    onChunk: (chunk: string) => void,
  ): Promise<void> {
    const options: RequestOptions = { method: request.method, signal, headers: jsonHeaders(request.body) };
    await this.#credentials.apply(options);
    const idle = new IdleLimit(answerMs, this.#server);
    try {
      const response = await this.#send(request, options, idle);
      const status = response.statusCode ?? 0;
      if (status !== 200 && status !== 201) throw answerError(status, await this.#text(response), this.#server);
      idle.change(request.idleMs);
      onOpen();
      for await (const chunk of this.#chunks(response)) {
        idle.heard();
        onChunk(chunk);
      }
    } finally {
      idle.end();
    }
  }

  async *#chunks(response: IncomingMessage): AsyncGenerator<string> {
    try {
      yield* response.setEncoding("utf8") as AsyncIterable<string>;
    } catch (error) {
      throw error instanceof ClusterError ? error : connectionError(error, this.#server);
    }
  }

  async #text(response: IncomingMessage): Promise<string> {
    const chunks: string[] = [];
    for await (const chunk of this.#chunks(response)) chunks.push(chunk);
    return chunks.join("");
  }

  #send({ path, query, body }: ApiRequest, options: RequestOptions, idle: IdleLimit): Promise<IncomingMessage> {
    const url = this.#url(path, query);
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === "http:" ? httpRequest : httpsRequest)(url, options);
      request.on("error", (error) =>
        reject(error instanceof ClusterError ? error : connectionError(error, this.#server)),
      );
      request.once("socket", (socket) => socket.setKeepAlive(true, keepAliveMs));
      request.once("response", (response) => {
        idle.watch(response);
        resolve(response);
      });
      idle.watch(request);
      request.end(body);
    });
  }
}

function jsonHeaders(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { "content-type": "application/json" };
}
