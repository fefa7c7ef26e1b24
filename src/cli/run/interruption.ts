const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Turns the signals that ask this process to end into stops: a patient one, and a hasty one when it is asked again. */
export class Interruption {
  readonly #signals: NodeJS.EventEmitter;
  readonly #first = new AbortController();
  readonly #again = new AbortController();
  readonly #listener = () => (this.#first.signal.aborted ? this.#again : this.#first).abort();

  constructor(signals: NodeJS.EventEmitter) {
    this.#signals = signals;
    for (const name of names) signals.on(name, this.#listener);
  }

  /** Aborts at the first signal. */
  get asked(): AbortSignal {
    return this.#first.signal;
  }

  /** Aborts at the second one. */
  get askedAgain(): AbortSignal {
    return this.#again.signal;
  }

  /** From now on signals do what they do to any process. */
  dispose(): void {
    for (const name of names) this.#signals.off(name, this.#listener);
  }
}
