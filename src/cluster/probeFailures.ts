import { ClusterError } from "./clusterError.ts";
import type { Pod } from "./pod.ts";
import { withProbeFailure } from "./podTrouble.ts";

/** What the failures of probes are learned with. */
export interface ProbeFailuresOptions {
  /** What the cluster has said last of the probes of pods, by their uids. @throws ClusterError */
  readonly ask: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>;
  /** More is known of this pod now. */
  readonly onKnown: (pod: Pod) => void;
  /** A mistake of ours, for the log. */
  readonly onBug: (error: unknown) => void;
}

/** A pod that is only starting becomes ready within this time, in ms: nothing is asked for it. */
const firstMs = 3000;
const againMs = 10_000;
/** Of a pod that has no events by then, none are to be expected. */
const mostAttempts = 3;

/** Why the probes of pods fail: that stands in the cluster's events, and is asked for only while pods run and are not ready. */
export class ProbeFailures {
  readonly #options: ProbeFailuresOptions;
  readonly #ending = new AbortController();
  readonly #said = new Map<string, string>();
  readonly #waiting = new Map<string, { pod: Pod; attempts: number }>();
  #timer: NodeJS.Timeout | undefined;
  #refused = false;

  constructor(options: ProbeFailuresOptions) {
    this.#options = options;
  }

  /** The pod with what the cluster has said of its probe, as far as that is known. */
  explained(pod: Pod): Pod {
    if (pod.trouble.probed === undefined) {
      this.forget(pod.uid);
      return pod;
    }
    const message = this.#said.get(pod.uid);
    if (message !== undefined) return withProbeFailure(pod, message);
    this.#waiting.set(pod.uid, { pod, attempts: this.#waiting.get(pod.uid)?.attempts ?? 0 });
    this.#askIn(firstMs);
    return pod;
  }

  /** The pod is ready, or gone. */
  forget(uid: string): void {
    this.#said.delete(uid);
    this.#waiting.delete(uid);
  }

  dispose(): void {
    this.#ending.abort();
    clearTimeout(this.#timer);
  }

  #askIn(ms: number): void {
    if (this.#refused || this.#ending.signal.aborted) return;
    if (![...this.#waiting.values()].some(({ attempts }) => attempts < mostAttempts)) return;
    this.#timer ??= setTimeout(() => {
      this.#ask()
        .catch(this.#options.onBug)
        .finally(() => {
          this.#timer = undefined;
          this.#askIn(againMs);
        });
    }, ms);
  }

  async #ask(): Promise<void> {
    // They have become ready, or are gone.
    if (this.#waiting.size === 0) return;
    for (const one of this.#waiting.values()) one.attempts++;
    const said = await this.#options.ask(this.#ending.signal).catch((error: unknown) => {
      if (!(error instanceof ClusterError)) throw error;
      // Who may see pods need not see events. What else is wrong, the watch of the pods tells.
      this.#refused = error.reason === "forbidden";
      return new Map<string, string>();
    });
    for (const [uid, { pod }] of this.#waiting) {
      const message = said.get(uid);
      if (message === undefined) continue;
      this.#waiting.delete(uid);
      this.#said.set(uid, message);
      this.#options.onKnown(withProbeFailure(pod, message));
    }
  }
}
