// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are made of control characters
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const cutSequence = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const longestSequence = 4096;

/**
 * Turns the bytes of a run into text for an append-only panel: UTF-8 that was split across chunks is joined, colours and
 * other terminal sequences are left out, and a carriage return lets the next text replace the line, as on a terminal.
 */
export class PlainText {
  readonly #decoder = new TextDecoder();
  /** The end of the last chunk, where it could still become a terminal sequence or a line end. */
  #cut = "";
  /** The line being written, and how much of it has been given out already. */
  #line = "";
  #given = 0;
  #returned = false;

  /** Takes a chunk; gives the lines that it completed, each with its line end. */
  write(bytes: Uint8Array): string {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Gives what the unfinished line holds so far, for a moment in which nothing more comes. */
  pending(): string {
    const text = this.#line.slice(this.#given);
    this.#given = this.#line.length;
    return text;
  }

  /** Gives what is left of an unfinished line, closed with a line end, where something else is to follow. */
  endLine(): string {
    const rest = this.#take("", true);
    return this.#line === "" ? rest : rest + this.#endLine();
  }

  /** Gives all that is left when the run has ended, closed with a line end. */
  end(): string {
    const rest = this.#take(this.#decoder.decode(), true);
    return this.#line === "" ? rest : rest + this.#endLine();
  }

  #take(decoded: string, last = false): string {
    let text = this.#cut + decoded;
    this.#cut = "";
    if (!last) {
      const tail = text.endsWith("\r") ? "\r" : (cutSequence.exec(text.slice(-longestSequence))?.[0] ?? "");
      this.#cut = tail;
      text = text.slice(0, text.length - tail.length);
    }
    text = text.replaceAll(sequences, "").replaceAll(controls, "").replaceAll("\r\n", "\n");
    const lastLineEnd = text.lastIndexOf("\n");
    if (this.#line === "" && !text.includes("\r")) {
      this.#line = text.slice(lastLineEnd + 1);
      return text.slice(0, lastLineEnd + 1);
    }
    let out = "";
    for (const part of text.split(/([\r\n])/)) {
      if (part === "\n") out += this.#endLine();
      else if (part === "\r") this.#returned = true;
      else if (part !== "") out += this.#write(part);
    }
    return out;
  }

  #write(text: string): string {
    const replaced = this.#returned && this.#given > 0 ? "\n" : "";
    if (this.#returned) {
      this.#line = "";
      this.#given = 0;
      this.#returned = false;
    }
    this.#line += text;
    return replaced;
  }

  #endLine(): string {
    const rest = `${this.#line.slice(this.#given)}\n`;
    this.#line = "";
    this.#given = 0;
    this.#returned = false;
    return rest;
  }
}
