import { ClusterError } from "./clusterError.ts";

/** What a pulse is taken of. */
export interface PulseOptions {
  /** Asks the API for something small; rejects where it does not answer until the signal aborts. */
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  /** The API does not answer any more, or this computer has slept: what is open is not to be trusted. */
  readonly onLost: (error: ClusterError) => void;
  readonly onBug: (error: unknown) => void;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** How often to look at the clock, in ms. */
const tickMs = 2000;
/** A watch may be quiet because nothing happens, or because it is dead: after this time the API is asked. In ms. */
const quietMs = 8000;
/** How long the API may take to answer that, in ms. */
const answerMs = 4000;
/** The clock never jumps as far as this between two ticks, unless the computer slept. In ms. */
const sleepMs = 10_000;

/** Finds out within 15 s that a quiet watch is a dead one, and at once that the computer has slept. */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #ending = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #tickedAt: number;
  #heardAt: number;
  #beating = false;
  #asking = false;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#tickedAt = options.now();
    this.#heardAt = this.#tickedAt;
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#timer.unref();
  }

  /** When the API was last known to answer, in ms since the epoch. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** The API has said something. */
  heard(): void {
    this.#heardAt = this.#options.now();
  }

  /** Whether a watch is open, whose silence would mean something. */
  beat(open: boolean): void {
    this.#beating = open;
    if (open) this.heard();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#ending.abort();
  }

  #tick(): void {
    const now = this.#options.now();
    const slept = now - this.#tickedAt > tickMs + sleepMs;
    this.#tickedAt = now;
    if (slept) this.#options.onLost(new ClusterError("asleep", "This computer was asleep.", "Podbook asks again now."));
    else if (this.#beating && !this.#asking && now - this.#heardAt >= quietMs) {
      this.#ask().catch(this.#options.onBug);
    }
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const tooLate = AbortSignal.timeout(answerMs);
    try {
      await this.#options.ask(AbortSignal.any([tooLate, this.#ending.signal]));
      this.heard();
    } catch (error) {
      if (this.#ending.signal.aborted || !this.#beating) return;
      if (!(error instanceof ClusterError)) throw error;
      this.#options.onLost(tooLate.aborted ? noAnswer : error);
    } finally {
      this.#asking = false;
    }
  }
}

const noAnswer = new ClusterError(
  "unreachable",
  "Cannot reach the cluster: it has stopped answering.",
  "Check the VPN and the network; Podbook keeps trying.",
);
