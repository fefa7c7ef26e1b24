/** Why a position could not be given: the text ends before, or is not what was looked for. */
export const endsBefore = -1;
export const isOther = -2;

const space = /(?:[ \t\r\n]|\\+[nt])*/y;
const scalar = /[-\w.+]*/y;
const structure = /\\*"|[{}[\]]/g;

/**
 * Reads JSON from the middle of a text, also where it stands in a string of JSON, with backslashes before its quotes.
 * Positions are offsets into the text; `endsBefore` and `isOther` stand for none.
 */
export class JsonReader {
  readonly #text: string;
  readonly #backslashes: number;

  /** `backslashes`: how many stand before a quote that begins or ends a string. */
  constructor(text: string, backslashes: number) {
    this.#text = text;
    this.#backslashes = backslashes;
  }

  /** Behind white space. */
  skipSpace(at: number): number {
    space.lastIndex = at;
    space.test(this.#text);
    return space.lastIndex;
  }

  /** Behind one sign and the white space around it. */
  skip(sign: string, at: number): number {
    const from = this.skipSpace(at);
    if (from >= this.#text.length) return endsBefore;
    return this.#text[from] === sign ? this.skipSpace(from + 1) : isOther;
  }

  /** Behind a string's first quote. */
  openString(at: number): number {
    const text = this.#text;
    for (let index = at; index < at + this.#backslashes; index++) {
      if (index >= text.length) return endsBefore;
      if (text[index] !== "\\") return isOther;
    }
    const quote = at + this.#backslashes;
    if (quote >= text.length) return endsBefore;
    return text[quote] === '"' ? quote + 1 : isOther;
  }

  /** Where the content of a string that begins at `from` ends. */
  endOfString(from: number): number {
    const text = this.#text;
    for (let at = from; ; at++) {
      at = text.indexOf('"', at);
      if (at === -1) return endsBefore;
      let count = 0;
      while (at - count > from && text[at - count - 1] === "\\") count++;
      if (count < this.#backslashes) return isOther;
      // What is a quote of the string's own has these backslashes and as many again, an odd number of times.
      if ((count - this.#backslashes) % (2 * (this.#backslashes + 1)) === 0) return at - this.#backslashes;
    }
  }

  /** Behind the string whose content ends at `end`. */
  closeString(end: number): number {
    return end + this.#backslashes + 1;
  }

  /** Behind any value. */
  skipValue(at: number): number {
    const first = this.#text[at];
    if (first === undefined) return endsBefore;
    if (first === '"' || first === "\\") return this.#skipString(at);
    if (first === "{" || first === "[") return this.#skipNested(at);
    scalar.lastIndex = at;
    scalar.test(this.#text);
    if (scalar.lastIndex === at) return isOther;
    return scalar.lastIndex < this.#text.length ? scalar.lastIndex : endsBefore;
  }

  #skipString(at: number): number {
    const from = this.openString(at);
    const end = from < 0 ? from : this.endOfString(from);
    return end < 0 ? end : this.closeString(end);
  }

  #skipNested(at: number): number {
    let depth = 0;
    for (let next = at; ; ) {
      structure.lastIndex = next;
      const found = structure.exec(this.#text);
      if (!found) return endsBefore;
      const sign = found[0];
      next = found.index + 1;
      if (sign === "{" || sign === "[") depth++;
      else if (sign === "}" || sign === "]") depth--;
      else next = this.#skipString(found.index);
      if (next < 0) return next;
      if (depth === 0) return next;
    }
  }
}
