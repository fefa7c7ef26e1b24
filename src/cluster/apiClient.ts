import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { text } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import WebSocket from "ws";
import { answerError, answerNotUnderstood, connectionError, credentialError } from "./apiErrors.ts";
import type { PinnedTarget } from "./kubeconfig.ts";

/** Query parameters of a request. */
export type Query = Readonly<Record<string, string>>;

/** Raw access to the API server of one pinned target: no typed decoding, whose cost grows with the number of pods. */
export class ApiClient {
  readonly #config = new KubeConfig();
  readonly #server: string;

  constructor(pinned: PinnedTarget) {
    this.#config.loadFromString(pinned.kubeconfig);
    this.#server = pinned.server;
  }

  /**
   * The JSON that a GET gives.
   * @throws ClusterError with every reason but those of the kubeconfig
   */
  async get(path: string, query: Query, signal: AbortSignal): Promise<unknown> {
    return this.#json(await this.#open("GET", path, query, signal));
  }

  /**
   * The JSON that the server answers to a POST of `object`.
   * @throws ClusterError as `get` does
   */
  async post(path: string, object: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#json(await this.#open("POST", path, {}, signal, JSON.stringify(object)));
  }

  async #json(response: IncomingMessage): Promise<unknown> {
    const body = await text(response).catch((error: unknown) => {
      throw connectionError(error, this.#server);
    });
    try {
      return JSON.parse(body);
    } catch (error) {
      throw answerNotUnderstood(error, this.#server);
    }
  }

  /**
   * Gives every line of a streaming GET to `onLine`; settles when the server closes the stream. What `onLine` throws
   * ends it.
   * @throws ClusterError as `get` does, also when the connection breaks
   */
  async stream(path: string, query: Query, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    const response = await this.#open("GET", path, query, signal);
    try {
      let rest = "";
      for await (const chunk of response.setEncoding("utf8")) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line);
      }
    } catch (error) {
      throw response.errored ? connectionError(error, this.#server) : error;
    }
  }

  /**
   * An open WebSocket, which the caller ends.
   * @throws ClusterError as `get` does
   */
  async webSocket(path: string, query: Query, protocols: readonly string[], signal: AbortSignal): Promise<WebSocket> {
    const options: RequestOptions = { headers: {} };
    await this.#authenticate(options);
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

  async #authenticate(options: RequestOptions): Promise<void> {
    await this.#config.applyToHTTPSOptions(options).catch((error: unknown) => {
      throw credentialError(error);
    });
  }

  async #open(
    method: "GET" | "POST",
    path: string,
    query: Query,
    signal: AbortSignal,
    body?: string,
  ): Promise<IncomingMessage> {
    const url = this.#url(path, query);
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const options: RequestOptions = { method, signal, headers };
    await this.#authenticate(options);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === "http:" ? httpRequest : httpsRequest)(url, options);
      request.once("error", (error) => reject(connectionError(error, this.#server)));
      request.once("response", resolve);
      request.end(body);
    });
    if (response.statusCode === 200 || response.statusCode === 201) return response;
    throw answerError(response.statusCode ?? 0, await text(response), this.#server);
  }
}
