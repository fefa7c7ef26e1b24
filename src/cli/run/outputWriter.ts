import { fstatSync, write } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const writeSome = promisify(write) as (
  fd: number,
  bytes: Uint8Array,
  offset: number,
) => Promise<{ bytesWritten: number }>;
/** A descriptor that others have made non-blocking tells no event when it takes more: so long until it is tried again, in ms. */
const retryMs = 5;

/**
 * Writes to file descriptors, one write after the other. A reader that is slow holds up the run, but not this process: it
 * still hears signals and knows the time.
 */
export class OutputWriter {
  readonly #onBroken: (fd: number, error: NodeJS.ErrnoException) => void;
  readonly #broken = new Set<number>();
  /** Whoever waits for a write. */
  readonly #waiting = new Set<() => void>();
  #queue: Promise<void> = Promise.resolve();
  #abandoned = false;

  /** `onBroken` is told once for each descriptor that takes nothing any more; what is written to it then is lost. */
  constructor(onBroken: (fd: number, error: NodeJS.ErrnoException) => void) {
    this.#onBroken = onBroken;
  }

  /** Settles when all bytes are written or lost; never rejects. */
  write(fd: number, content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    this.#queue = this.#queue
      .then(() => this.#write(fd, bytes))
      .finally(() => {
        this.#waiting.delete(resolve);
        resolve();
      });
    if (this.#abandoned) resolve();
    return promise;
  }

  /** Settles when all that was given is written or lost. */
  async drained(): Promise<void> {
    if (!this.#abandoned) await this.write(0, "");
  }

  /** Waits for no reader any more: all that is written now, or later, counts as settled. */
  abandon(): void {
    this.#abandoned = true;
    for (const resolve of this.#waiting) resolve();
  }

  /** Whether a write is still under way. */
  isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  async #write(fd: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#broken.has(fd); ) {
      try {
        at += (await writeSome(fd, bytes, at)).bytesWritten;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") await delay(retryMs);
        else {
          this.#broken.add(fd);
          this.#onBroken(fd, error as NodeJS.ErrnoException);
        }
      }
    }
  }
}

/** Whether two descriptors lead to the same terminal, pipe or file. */
export function isSameFile(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one), fstatSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}
