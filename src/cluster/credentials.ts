import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { credentialError } from "./apiErrors.ts";

/** An exec plugin may open a browser: it is not asked again for credentials more often than this, in ms. */
const renewMs = 30_000;

/** What the pinned kubeconfig says of how to log in, and what came of it: tokens of exec plugins and files are kept. */
export class Credentials {
  readonly #kubeconfig: string;
  readonly #now: () => number;
  #config: KubeConfig;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #generation = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** `now` is in ms, from any start. */
  constructor(kubeconfig: string, now: () => number) {
    this.#kubeconfig = kubeconfig;
    this.#now = now;
    this.#config = load(kubeconfig);
  }

  /** Which credentials these are: another number after they were renewed. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * Adds credentials and TLS options to a request.
   * @throws ClusterError `credentials`
   */
  async apply(options: RequestOptions): Promise<void> {
    // One after the other: four requests at once would start the exec plugin four times.
    const applied = this.#turn.then(() => this.#config.applyToHTTPSOptions(options));
    this.#turn = applied.catch(() => {});
    await applied.catch((error: unknown) => {
      throw credentialError(error);
    });
  }

  /**
   * Forgets tokens, after the server refused a request made with those of `generation`: the next request runs the exec plugin
   * and reads token files again. Gives whether there is something new to try.
   */
  renew(generation: number): boolean {
    if (generation !== this.#generation) return true;
    if (this.#now() - this.#renewedAt < renewMs) return false;
    this.#renewedAt = this.#now();
    this.#config = load(this.#kubeconfig);
    this.#generation++;
    return true;
  }
}

function load(kubeconfig: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return config;
}
