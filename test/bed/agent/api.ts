import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { KubeConfig } from "@kubernetes/client-node";

/** Raised when the API server refuses a request; `status` is the HTTP status, `reason` the server's own word. */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(what: string, status: number, reason: string, detail: string) {
    super(`${what}: HTTP ${status} ${reason}. ${detail}`);
    this.name = "ApiError";
    this.status = status;
    this.reason = reason;
  }
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/** Plain JSON requests to the API server of a kubeconfig's current context. */
export class ClusterApi {
  readonly #config = new KubeConfig();

  constructor(kubeconfigFile: string) {
    this.#config.loadFromFile(kubeconfigFile);
  }

  get(path: string): Promise<unknown> {
    return this.#json("GET", path);
  }

  /** Deletes an object; one that is not there is as good as deleted. */
  async delete(path: string): Promise<void> {
    await this.#json("DELETE", path).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    });
  }

  /** Creates an object or makes it what is given (server-side apply, as the bed's agent). */
  async apply(path: string, object: unknown): Promise<void> {
    await this.#json("PATCH", `${path}?fieldManager=podbook-bed-agent&force=true`, object);
  }

  /** Hands over the events of a watch until the server ends it or the signal aborts; both are a normal return. */
  async watch(path: string, signal: AbortSignal, onEvent: (event: WatchEvent) => void): Promise<void> {
    const answer = await this.#send("GET", path, undefined, signal);
    if (answer.statusCode !== 200) throw await refusal(`GET ${path}`, answer);
    try {
      for await (const line of createInterface(answer)) onEvent(JSON.parse(line) as WatchEvent);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #json(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#send(method, path, body, AbortSignal.timeout(10_000));
    if ((answer.statusCode ?? 500) >= 300) throw await refusal(`${method} ${path}`, answer);
    return JSON.parse(await textOf(answer));
  }

  async #send(method: string, path: string, body: unknown, signal: AbortSignal): Promise<IncomingMessage> {
    const server = this.#config.getCurrentCluster()?.server;
    if (!server) throw new Error("The kubeconfig has no current cluster.");
    const options = { method, signal, headers: { "content-type": "application/apply-patch+yaml" } };
    await this.#config.applyToHTTPSOptions(options);
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, server), options, resolve);
      asked.on("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

async function refusal(what: string, answer: IncomingMessage): Promise<ApiError> {
  const text = await textOf(answer);
  const status = answer.statusCode ?? 0;
  try {
    const { reason = "", message = "" } = JSON.parse(text) as { reason?: string; message?: string };
    return new ApiError(what, status, reason, message);
  } catch {
    return new ApiError(what, status, "", text.slice(0, 300));
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
