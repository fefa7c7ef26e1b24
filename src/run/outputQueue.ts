import type { CommandProgress } from "./commandProgress.ts";

/** Bytes that a run has printed, on its standard output (or both in one, as a terminal shows them) or standard error. */
export interface OutputBytes {
  readonly stream: "output" | "errors";
  readonly bytes: Buffer;
}

type Item = OutputBytes | CommandProgress;

/** Takes what a run tells; the next thing waits until the last call has settled. */
export interface OutputTaker {
  output(output: OutputBytes): Promise<void> | void;
  command(progress: CommandProgress): Promise<void> | void;
}

/** So much may wait before the source is asked to pause, in bytes. */
const full = 1024 * 1024;

/**
 * Hands the output of a run and the progress of its commands on, one call after the other and in their order. While a call
 * is under way what comes is gathered, so that a slow disk gets few large writes.
 */
export class OutputQueue {
  readonly #taker: OutputTaker;
  readonly #pause: (paused: boolean) => void;
  #waiting: Item[] = [];
  #waitingBytes = 0;
  #paused = false;
  #pumping: Promise<void> | undefined;

  /** `pause` is told when the source shall stop giving, and when it may go on. */
  constructor(taker: OutputTaker, pause: (paused: boolean) => void) {
    this.#taker = taker;
    this.#pause = pause;
  }

  output(output: OutputBytes): void {
    this.#waitingBytes += output.bytes.length;
    if (this.#waitingBytes >= full && !this.#paused) this.#setPaused(true);
    this.#put(output);
  }

  command(progress: CommandProgress): void {
    this.#put(progress);
  }

  /** Settles when all that was given has been taken; rejects with what a call raised. */
  async drained(): Promise<void> {
    while (this.#pumping) await this.#pumping;
  }

  #put(item: Item): void {
    this.#waiting.push(item);
    this.#pumping ??= this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const items = gathered(this.#waiting);
        this.#waiting = [];
        this.#waitingBytes = 0;
        if (this.#paused) this.#setPaused(false);
        for (const item of items) await ("bytes" in item ? this.#taker.output(item) : this.#taker.command(item));
      }
    } finally {
      this.#pumping = undefined;
    }
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#pause(paused);
  }
}

/** The same with neighbouring bytes of one stream joined. */
function gathered(items: readonly Item[]): Item[] {
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    const last = group?.[0];
    if (group && last && "bytes" in last && "bytes" in item && last.stream === item.stream) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => {
    const [first] = group as [Item];
    if (group.length === 1 || !("bytes" in first)) return first;
    return { stream: first.stream, bytes: Buffer.concat(group.flatMap((one) => ("bytes" in one ? [one.bytes] : []))) };
  });
}
