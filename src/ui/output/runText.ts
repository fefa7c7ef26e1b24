import { PlainText } from "../../run/plainText.ts";
import { ByteQueue } from "./byteQueue.ts";

/** So much of a run waits to be shown, in bytes; of what comes faster than it is shown, the last part is kept. */
export const mostWaiting = 512 * 1024;
/** Where something was left out, text begins again at a line end within so many bytes. */
const resumeWithin = 64 * 1024;

/**
 * The text of one run for the panel: its output in order, with lines of our own (commands, results) where they belong.
 * What comes faster than it is taken is left out, never converted, and said. Memory is bounded whatever a run prints.
 */
export class RunText {
  readonly #queue = new ByteQueue(mostWaiting);
  readonly #lines: { readonly at: number; readonly text: string }[] = [];
  readonly #leftOut: (bytes: number) => string;
  #text = new PlainText();
  /** How many bytes were converted or left out. */
  #taken = 0;

  /** `leftOut` gives the line that stands where so many bytes were left out. */
  constructor(leftOut: (bytes: number) => string) {
    this.#leftOut = leftOut;
  }

  write(bytes: Uint8Array): void {
    this.#queue.push(bytes);
  }

  /** Adds a line of our own behind the output so far; it is never left out. */
  line(text: string): void {
    this.#lines.push({ at: this.#queue.end, text });
  }

  /** Whether there is something to take. */
  get waiting(): boolean {
    return this.#taken < this.#queue.end || this.#lines.length > 0;
  }

  /** Whether output has come faster than it was taken, and what was left out has not been said yet. */
  get flooded(): boolean {
    return this.#taken < this.#queue.start;
  }

  /** The next whole lines, made from at most so many bytes of output. */
  take(mostBytes: number): string {
    let out = "";
    for (let left = mostBytes; this.waiting && left > 0; ) {
      const until = this.#lines[0]?.at ?? this.#queue.end;
      if (this.#taken < Math.min(until, this.#queue.start)) out += this.#leaveOut(until);
      const bytes = this.#queue.peek(Math.min(left, until - this.#taken));
      out += this.#text.write(bytes);
      left -= bytes.length;
      this.#advance(this.#taken + bytes.length);
      if (this.#taken === until) out += this.#ownLines();
    }
    return out;
  }

  /** What the unfinished line holds so far, for a moment in which nothing more comes. */
  pending(): string {
    return this.#text.pending();
  }

  /** All that is left, closed with a line end. */
  end(): string {
    return this.take(Number.POSITIVE_INFINITY) + this.#text.end();
  }

  #ownLines(): string {
    let out = "";
    while (this.#lines[0]?.at === this.#taken) out += `${this.#text.endLine()}${this.#lines.shift()?.text}\n`;
    return out;
  }

  #leaveOut(until: number): string {
    const end = Math.min(until, this.#resumption());
    const out = `${this.#text.end()}${this.#leftOut(end - this.#taken)}\n`;
    this.#text = new PlainText();
    this.#advance(end);
    return out;
  }

  /** Behind a line end nothing depends on what was left out; in a line without one, at least a character begins. */
  #resumption(): number {
    const bytes = this.#queue.peek(resumeWithin);
    const lineEnd = bytes.indexOf("\n");
    const character = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
    return this.#queue.start + (lineEnd >= 0 ? lineEnd + 1 : Math.max(0, character));
  }

  #advance(to: number): void {
    this.#taken = to;
    this.#queue.dropBefore(to);
  }
}
