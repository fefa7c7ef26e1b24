import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";

/** Asks the person at the terminal, one question after the other. */
export class Questions {
  readonly #input: Readable;
  readonly #say: (text: string) => void;
  readonly #signal: AbortSignal;
  #lines: AsyncIterator<string> | undefined;
  #reader: Interface | undefined;

  /** `signal` ends a question that is open. */
  constructor(input: Readable, say: (text: string) => void, signal: AbortSignal) {
    this.#input = input;
    this.#say = say;
    this.#signal = signal;
  }

  say(text: string): void {
    this.#say(text);
  }

  /** The line that the person types; null where the input ends, or the person interrupts. */
  async ask(question: string): Promise<string | null> {
    // The terminal itself lets the line be edited, and turns Ctrl-C into a signal, as it does while a block runs.
    this.#reader ??= createInterface({ input: this.#input, terminal: false, signal: this.#signal });
    this.#lines ??= this.#reader[Symbol.asyncIterator]();
    this.#say(question);
    const { value, done } = await this.#lines.next();
    if (done === true || this.#signal.aborted) {
      this.#say("\n");
      return null;
    }
    return value.trim();
  }

  close(): void {
    this.#reader?.close();
  }
}
