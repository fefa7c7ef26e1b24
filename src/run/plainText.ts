import { StringDecoder } from "node:string_decoder";

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are made of control characters
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const cutSequence = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]*\x1b?|[ -/]*)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
/** What makes more work than looking for line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const special = /[\x00-\x08\x0b-\x1f\x7f]/;
const longestSequence = 4096;
/** An unfinished line is kept, in characters, because a carriage return could still replace it; a longer one is given out. */
const longestLine = 1_000_000;

/**
 * Turns the bytes of a run into text for an append-only panel: UTF-8 that was split across chunks is joined, colours and
 * other terminal sequences are left out, and a carriage return lets the next text replace the line, as on a terminal.
 * A line end ends whatever it stands in, so that reading can begin after any of them.
 */
export class PlainText {
  readonly #decoder = new StringDecoder("utf8");
  /** The end of the last chunk, where it could still become a terminal sequence or a line end. */
  #cut = "";
  /** What the line being written holds and has not been given out. */
  #rest = "";
  /** Whether a part of that line has been given out. */
  #shown = false;
  #returned = false;

  /** Takes a chunk; gives the lines that it completed, each with its line end. */
  write(bytes: Uint8Array): string {
    return this.#take(this.#decoder.write(bytes));
  }

  /** Gives what the unfinished line holds so far, for a moment in which nothing more comes. */
  pending(): string {
    const text = this.#rest;
    this.#shown ||= text !== "";
    this.#rest = "";
    return text;
  }

  /** Gives what is left of an unfinished line, closed with a line end, where something else is to follow. */
  endLine(): string {
    const text = this.#take("", true);
    return this.#rest === "" && !this.#shown ? text : text + this.#endLine();
  }

  /** Gives all that is left when the run has ended, closed with a line end. */
  end(): string {
    return this.#take(this.#decoder.end()) + this.endLine();
  }

  #take(decoded: string, last = false): string {
    let text = this.#cut + decoded;
    this.#cut = "";
    const isSpecial = special.test(text);
    if (isSpecial && !last) {
      this.#cut = text.endsWith("\r") ? "\r" : (cutSequence.exec(text.slice(-longestSequence))?.[0] ?? "");
      text = text.slice(0, text.length - this.#cut.length);
    }
    if (isSpecial) text = text.replaceAll(sequences, "").replaceAll(controls, "");
    return this.#lines(text, isSpecial && text.includes("\r"));
  }

  #lines(text: string, returns: boolean): string {
    const first = text.indexOf("\n");
    if (first < 0) return this.#write(text) + (this.#rest.length > longestLine ? this.pending() : "");
    const last = text.lastIndexOf("\n");
    const begun = this.#write(text.slice(0, first)) + this.#endLine();
    const between = text.slice(first + 1, last + 1);
    const whole = returns ? between.replaceAll("\r\n", "\n") : between;
    const out = begun + (returns && whole.includes("\r") ? whole.split("\n").map(shownLine).join("\n") : whole);
    return out + this.#write(text.slice(last + 1));
  }

  /** Takes a part of the unfinished line; gives a line end where it replaces what was given out already. */
  #write(part: string): string {
    const { start, end } = lastWritten(part);
    const text = part.slice(start, end);
    const replaces = start > 0 || (this.#returned && text !== "");
    const closes = replaces && this.#shown;
    if (replaces) {
      this.#rest = "";
      this.#shown = false;
    }
    this.#rest += text;
    if (part !== "") this.#returned = part.endsWith("\r") || (this.#returned && text === "");
    return closes ? "\n" : "";
  }

  #endLine(): string {
    const text = `${this.#rest}\n`;
    this.#rest = "";
    this.#shown = false;
    this.#returned = false;
    return text;
  }
}

/** Which part of a line stands in the end: what is behind its last carriage return that something follows. */
function lastWritten(line: string): { readonly start: number; readonly end: number } {
  let end = line.length;
  while (line[end - 1] === "\r") end--;
  return { start: end === 0 ? 0 : line.lastIndexOf("\r", end - 1) + 1, end };
}

function shownLine(line: string): string {
  const { start, end } = lastWritten(line);
  return line.slice(start, end);
}
