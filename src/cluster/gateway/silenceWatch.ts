/** So long an answer may be waited for until somebody looks whether the far side is still there, in ms. */
const silentMs = 1000;

/**
 * Looks, while an answer is waited for, whether the far side is still there: a connection through the API server can stay
 * open when its pod is gone, and whoever waits would wait for ever.
 */
export class SilenceWatch {
  readonly #isGone: () => Promise<boolean>;
  readonly #onGone: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  /** `isGone` may reject where that cannot be told; it is asked again then. */
  constructor(isGone: () => Promise<boolean>, onGone: () => void) {
    this.#isGone = isGone;
    this.#onGone = onGone;
  }

  /** Something was sent: an answer may be due. */
  sent(): void {
    if (!this.#ended) this.#timer ??= setTimeout(() => void this.#look(), silentMs);
  }

  /** Something has come. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  end(): void {
    this.#ended = true;
    this.heard();
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    const gone = await this.#isGone().catch(() => false);
    // What has come meanwhile shows that it is there.
    if (this.#ended || this.#timer !== timer) return;
    this.#timer = undefined;
    if (gone) this.#onGone();
    else this.sent();
  }
}
