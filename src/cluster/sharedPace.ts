import { once } from "node:events";
import type { ClusterError } from "./clusterError.ts";
import type { WatchPace } from "./resourceWatch.ts";

/**
 * Lets several watches of one cluster fail and come back together: while the first cannot reach the API, the others do not
 * ask it at all.
 */
export class SharedPace {
  #round = new AbortController();
  #open = true;
  readonly #gate = new EventTarget();

  /** For the watch that asks for all. */
  readonly first: WatchPace = {
    ready: async () => {},
    round: () => this.#round.signal,
    // At most 20 requests a minute while the API is away, and back within 5 s.
    longestMs: 4000,
  };

  /** For the others. */
  readonly others: WatchPace = {
    ready: async (signal) => {
      while (!this.#open) await once(this.#gate, "open", { signal });
    },
    round: () => this.#round.signal,
    // What only they are refused, as by a role without Deployments, seldom changes.
    longestMs: 30_000,
  };

  /** The API answers the first watch. */
  open(): void {
    this.#open = true;
    this.#gate.dispatchEvent(new Event("open"));
  }

  /** The first watch has failed: the others wait until it is back. */
  close(): void {
    this.#open = false;
  }

  /** Breaks off all requests of all watches, which ask anew. */
  interrupt(error: ClusterError): void {
    const round = this.#round;
    this.#round = new AbortController();
    round.abort(error);
  }
}
