import { authorization, type HttpCredentials } from "../http/credentials.ts";
import { exchange, type HttpAnswer } from "../http/exchange.ts";
import { HttpError } from "../http/httpError.ts";
import { answerError, exchangeError, notPrometheus } from "./answerErrors.ts";

/** Where a Prometheus answers, and as whom one comes. */
export interface PrometheusAddress {
  /** Its path ends with a slash. */
  readonly url: URL;
  /** Where it is, for a person. */
  readonly title: string;
  readonly credentials: HttpCredentials | null;
  /** Why the way to it through the cluster is broken, where it leads through one and is. */
  readonly wayProblem: () => string | null;
}

/** Parameters of a request; the same name may come several times. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/** A query that takes longer would hold up what a person looks at, in ms. */
const timeoutMs = 15_000;
/** Some ten thousand series with a long history. */
const mostBytes = 20_000_000;

/** Prometheus's HTTP API, or another server's that speaks it. */
export class PrometheusApi {
  readonly address: PrometheusAddress;
  /** Some gateways let only GET through. */
  #refusesPost = false;

  constructor(address: PrometheusAddress) {
    this.address = address;
  }

  /**
   * The data of an answer to a request that may be long, as those with queries are.
   * @param path Below the API's root: `query`.
   * @throws PrometheusError
   * @throws what `signal` was aborted with
   */
  async post(path: string, parameters: Parameters, signal: AbortSignal): Promise<unknown> {
    if (this.#refusesPost) return this.get(path, parameters, signal);
    const answer = await this.#exchange("POST", path, parameters, signal);
    if (answer.status !== 405) return this.#dataOf(answer);
    this.#refusesPost = true;
    return this.get(path, parameters, signal);
  }

  /**
   * The data of an answer to a short request.
   * @throws PrometheusError
   * @throws what `signal` was aborted with
   */
  async get(path: string, parameters: Parameters, signal: AbortSignal): Promise<unknown> {
    return this.#dataOf(await this.#exchange("GET", path, parameters, signal));
  }

  async #exchange(method: "GET" | "POST", path: string, parameters: Parameters, signal: AbortSignal) {
    const url = new URL(`api/v1/${path}`, this.address.url);
    const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
    const headers = { accept: "application/json", ...authorization(this.address.credentials) };
    if (method === "GET") url.search = form;
    const posted =
      method === "POST"
        ? { body: form, headers: { ...headers, "content-type": "application/x-www-form-urlencoded" } }
        : { headers };
    try {
      return await exchange({ url, method, timeoutMs, mostBytes, ...posted }, signal);
    } catch (error) {
      throw error instanceof HttpError ? exchangeError(error, this.address.wayProblem()) : error;
    }
  }

  #dataOf(answer: HttpAnswer): unknown {
    const { title } = this.address;
    if (answer.status !== 200) throw answerError(answer, title);
    let envelope: { status?: unknown; data?: unknown } | null;
    try {
      envelope = JSON.parse(answer.body);
    } catch (error) {
      if (error instanceof SyntaxError) throw notPrometheus(title, "its answer is no JSON");
      throw error;
    }
    if (envelope?.status !== "success") throw notPrometheus(title, "its answer has no status");
    return envelope.data;
  }
}
