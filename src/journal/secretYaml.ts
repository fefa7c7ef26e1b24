import type { Found, Span } from "./maskingStream.ts";
import { areBase64, longestObject } from "./secretObjects.ts";

/** A Secret that is being printed. */
interface OpenSecret {
  /** Of its keys, in bytes. */
  readonly column: number;
  /** Of the keys in its `data`, where that is being printed; -1 where none of them was seen yet. */
  readonly entries: number | null;
}

interface Line {
  readonly start: number;
  /** Behind the last character before the line's end. */
  readonly end: number;
  /** Behind the line's end. */
  readonly next: number;
  readonly text: string;
  readonly indent: number;
  /** Where the line's content begins, behind the dashes of lists. */
  readonly column: number;
}

/** What the object of a `data:` turned out to be. */
interface Read {
  readonly kind: "secret" | "other" | "unfinished";
  readonly spans: readonly Span[];
  /** Behind what was read. */
  readonly end: number;
}

const begins = /\n( *(?:- )*)(?:(?:data|stringData):[ \t]*\r?\n|(kind): *["']?Secret["']?[ \t]*\r?\n)/g;
const entry = /^ *(?:"[^"]*"|'[^']*'|[-._a-zA-Z0-9]+):(?:[ \t]+|$)/;
const noContent = /^(?:[|>][-+\d]*|""|''|null|~|\{\}|)$/;

/**
 * Finds the values of Secrets in YAML. kubectl sorts keys: `data` comes before `kind`, and is held back until that is
 * known. Where `kind` comes first, nothing but lines of `data` and `stringData` is held back.
 */
export class SecretYaml {
  #open: OpenSecret | null = null;

  /** Whether a Secret is being printed, so that every line must be looked at. */
  get isInside(): boolean {
    return this.#open !== null;
  }

  readonly find = (text: string, done: number, final: boolean): Found => {
    const spans: Span[] = [];
    // Zero stands for a line whose beginning is too far back to be seen: no key of a Secret.
    let at = text.lastIndexOf("\n", done - 1) + 1 || text.indexOf("\n", done) + 1 || text.length;
    for (;;) {
      if (this.#open) {
        const { end, hold } = this.#readOpen(text, at, final, spans);
        if (this.#open) return { spans, hold };
        at = end;
      }
      begins.lastIndex = Math.max(0, at - 1);
      let found = begins.exec(text);
      while (found && found.index + found[0].length <= done) {
        begins.lastIndex = found.index + found[0].length - 1;
        found = begins.exec(text);
      }
      if (!found) return { spans, hold: text.length };
      const column = found[1]?.length ?? 0;
      at = found.index + found[0].length;
      if (found[2]) {
        this.#open = { column, entries: null };
        continue;
      }
      const read = readUnknown(text, at, column, final);
      if (read.kind === "unfinished" && text.length - found.index <= longestObject) {
        return { spans, hold: found.index + 1 };
      }
      if (read.kind !== "secret") continue;
      spans.push(...read.spans);
      at = read.end;
      this.#open = { column, entries: null };
    }
  };

  /** Reads lines of the open Secret until they are no longer its own. */
  #readOpen(text: string, from: number, final: boolean, spans: Span[]): { end: number; hold: number } {
    for (let at = from; ; ) {
      const open = this.#open;
      const line = lineAt(text, at);
      if (!open || !line) return { end: at, hold: text.length };
      if (line.next > text.length && !final) return { end: at, hold: isHeld(line, open) ? at : text.length };
      this.#open = readLine(line, open, spans);
      if (!this.#open) return { end: at, hold: text.length };
      at = line.next;
    }
  }
}

/** Reads a line of a Secret; null where it is no longer its own. */
function readLine(line: Line, { column, entries }: OpenSecret, spans: Span[]): OpenSecret | null {
  const { text, indent } = line;
  if (text.trim() === "") return { column, entries };
  if (entries !== null && indent > column) {
    const first = entries === -1 ? indent : entries;
    spans.push(...valueSpans(line, indent === first ? entry : /^ */));
    return { column, entries: first };
  }
  if (line.column > indent) return indent >= column ? { column, entries: null } : null;
  if (indent !== column) return indent > column ? { column, entries: null } : null;
  const field = /^ *(?:data|stringData):[ \t]*/.exec(text);
  if (field) {
    const rest = text.slice(field[0].length);
    if (rest === "") return { column, entries: -1 };
    spans.push(...valueSpans(line, /^ *(?:data|stringData):[ \t]*/));
    return { column, entries: null };
  }
  const isKey = entry.test(text) || text.trimStart().startsWith("#");
  return isKey && !/^ *kind:/.test(text) ? { column, entries: null } : null;
}

/** What follows the key in a line; the whole line where it has none. */
function valueSpans(line: Line, key: RegExp): Span[] {
  const before = key.exec(line.text)?.[0].length ?? line.indent;
  const value = line.text.slice(before);
  if (noContent.test(value)) return [];
  const quoted = /^(["'])(.*)\1$/.exec(value) ? 1 : 0;
  return [{ start: line.start + before + quoted, end: line.end - quoted }];
}

function isHeld(line: Line, { column, entries }: OpenSecret): boolean {
  const isEntry = entries !== null && (line.indent > column || line.text.trim() === "");
  return isEntry || /^ *(?:data|stringData):/.test(line.text);
}

/** Reads the lines behind `data:` until the kind of its object is known. */
function readUnknown(text: string, from: number, column: number, final: boolean): Read {
  const spans: Span[] = [];
  const cutOff = (end: number): Read => {
    const values = spans.map((span) => text.slice(span.start, span.end));
    return { kind: areBase64(values) ? "secret" : "other", spans, end };
  };
  let open: OpenSecret | null = { column, entries: -1 };
  let inBlock = false;
  for (let at = from; ; ) {
    const line = lineAt(text, at);
    const isWhole = line && (final || line.next <= text.length);
    if (!isWhole) return final ? cutOff(at) : { kind: "unfinished", spans, end: at };
    const kind = line.indent === column ? /^ *kind: *["']?(\w*)["']?[ \t]*$/.exec(line.text) : null;
    if (kind) return { kind: kind[1] === "Secret" ? "secret" : "other", spans, end: line.next };
    if (open.entries !== null && line.indent > column && line.text.trim() !== "") {
      const isEntry = open.entries === -1 || line.indent === open.entries;
      const isFlat: boolean = isEntry ? entry.test(line.text) : inBlock && line.indent > open.entries;
      // The values of a Secret are strings: this is something else that has `data`.
      if (!isFlat) return { kind: "other", spans, end: at };
      if (isEntry) inBlock = /:[ \t]+[|>][-+\d]*$/.test(line.text);
    }
    open = readLine(line, open, spans);
    if (!open) return cutOff(at);
    at = line.next;
  }
}

/** Undefined at the end of the text. The last line may have no end: `next` is then behind the text. */
function lineAt(text: string, start: number): Line | undefined {
  if (start >= text.length) return undefined;
  const lineEnd = text.indexOf("\n", start);
  const last = lineEnd === -1 ? text.length : lineEnd;
  const end = text[last - 1] === "\r" && last - 1 >= start ? last - 1 : last;
  const content = text.slice(start, end);
  const indent = /^ */.exec(content)?.[0].length ?? 0;
  const column = /^ *(?:- +)*/.exec(content)?.[0].length ?? 0;
  return { start, end, next: last + 1, text: content, indent, column };
}
