/** So long an answer may be waited for until somebody looks whether the far side is still there, in ms. */
const silentMs = 1000;
/** Once something has come, nobody can tell whether more is due: each look is twice as long after the last, up to this, in ms. */
const restMs = 30_000;

/**
 * Looks, while an answer is waited for, whether the far side is still there: a connection through the API server can stay
 * open when its pod is gone, and whoever waits would wait for ever. A connection that may only rest is looked at seldom.
 */
export class SilenceWatch {
  readonly #isGone: () => Promise<boolean>;
  readonly #onGone: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #due = false;

  /** `isGone` may reject where that cannot be told; it is asked again then. */
  constructor(isGone: () => Promise<boolean>, onGone: () => void) {
    this.#isGone = isGone;
    this.#onGone = onGone;
  }

  /** Something was sent: an answer may be due. */
  sent(): void {
    if (this.#ended || this.#due) return;
    this.#due = true;
    this.#wait(silentMs);
  }

  /** Something has come. */
  heard(): void {
    this.#due = false;
    if (!this.#ended) this.#wait(silentMs);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(ms), ms);
  }

  async #look(waitedMs: number): Promise<void> {
    const timer = this.#timer;
    const gone = await this.#isGone().catch(() => false);
    // What has come or gone meanwhile began a wait of its own.
    if (this.#ended || this.#timer !== timer) return;
    if (gone) this.#onGone();
    else this.#wait(this.#due ? silentMs : Math.min(2 * waitedMs, restMs));
  }
}
