import type { Word } from "./analysis.ts";

/** Stands in a word's shape for each part that only a run can tell. */
export const hole = "\uFFFC";

/** The value of a variable where the script sets it to a fixed text, else undefined. */
export type Lookup = (name: string) => string | undefined;

/** Words whose values are known: for callers that have values instead of a script. */
export function plainWords(values: readonly string[]): Word[] {
  return values.map((text) => ({ text, literal: text, shape: text, start: 0, end: 0 }));
}

/**
 * The words that bash makes of one source word: usually one. A lone `$NAME` of known value is split at its blanks.
 * @param source the word in the script that was parsed, in which placeholders are holes
 * @param text the word as a person sees it
 */
export function readWord(source: string, text: string, start: number, end: number, lookup: Lookup): Word[] {
  const alone = /^\$(?:(\w+)|\{(\w+)\})$/.exec(source);
  const value = alone ? lookup(alone[1] ?? alone[2] ?? "") : undefined;
  const shapes = value === undefined ? [shapeOf(source, lookup)] : value.split(/\s+/).filter((part) => part !== "");
  return shapes.map((shape) => ({ text, literal: shape.includes(hole) ? null : shape, shape, start, end }));
}

const ansiEscapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The value of a source word, with a hole for each expansion. Quotes and escapes are resolved as bash does. */
export function shapeOf(source: string, lookup: Lookup): string {
  if (!/[\\'"$`{<>*?]/.test(source)) return source;
  let shape = "";
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === "\\") {
      if (source.charAt(at + 1) !== "\n") shape += source.charAt(at + 1);
      at += 2;
    } else if (char === "'") {
      const close = source.indexOf("'", at + 1);
      if (close < 0) return shape + hole;
      shape += source.slice(at + 1, close);
      at = close + 1;
    } else if (char === "$" && source.charAt(at + 1) === "'") {
      const quoted = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(source.slice(at));
      if (!quoted) return shape + hole;
      shape += ansiText(quoted[1] ?? "");
      at += quoted[0].length;
    } else if (char === '"' || (char === "$" && source.charAt(at + 1) === '"')) {
      const inside = readDoubleQuoted(source, source.indexOf('"', at) + 1, lookup);
      shape += inside.shape;
      at = inside.end;
    } else if (char === "$" || char === "`") {
      const expansion = readExpansion(source, at, lookup);
      // Unquoted, a value with blanks or patterns would become several words.
      shape += /[\s*?[]/.test(expansion.shape) ? hole : expansion.shape;
      at = expansion.end;
    } else if ((char === "<" || char === ">") && source.charAt(at + 1) === "(") {
      return shape + hole;
    } else if (char === "{" && /^\{[^{}\s]*(,|\.\.)[^{}\s]*\}/.test(source.slice(at))) {
      // Brace expansion makes several words; what they are is of no use to us.
      return shape + hole;
    } else {
      shape += char;
      at++;
    }
  }
  return shape;
}

/** The text of a here-document or of the inside of double quotes, with a hole for each expansion. */
export function expandingText(source: string, lookup: Lookup): string {
  let shape = "";
  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at);
    if (char === "\\" && /[$`\\\n]/.test(source.charAt(at + 1))) {
      if (source.charAt(at + 1) !== "\n") shape += source.charAt(at + 1);
      at += 2;
    } else if (char === "$" || char === "`") {
      const expansion = readExpansion(source, at, lookup);
      shape += expansion.shape;
      at = expansion.end;
    } else {
      shape += char;
      at++;
    }
  }
  return shape;
}

interface Part {
  readonly shape: string;
  readonly end: number;
}

function readDoubleQuoted(source: string, start: number, lookup: Lookup): Part {
  let shape = "";
  let at = start;
  while (at < source.length && source.charAt(at) !== '"') {
    const char = source.charAt(at);
    if (char === "\\") {
      const next = source.charAt(at + 1);
      if (next !== "\n") shape += /[$`"\\]/.test(next) ? next : char + next;
      at += 2;
    } else if (char === "$" || char === "`") {
      const expansion = readExpansion(source, at, lookup);
      shape += expansion.shape;
      at = expansion.end;
    } else {
      shape += char;
      at++;
    }
  }
  return { shape, end: at + 1 };
}

/** An expansion that begins at `at` with `$` or a backtick. */
function readExpansion(source: string, at: number, lookup: Lookup): Part {
  if (source.charAt(at) === "`") {
    const close = /^`(?:[^`\\]|\\[\s\S])*`/.exec(source.slice(at));
    return { shape: hole, end: close ? at + close[0].length : source.length };
  }
  const simple = /^\$(?:(\w+)|\{(\w+)\})/.exec(source.slice(at, at + 200));
  if (simple) return { shape: lookup(simple[1] ?? simple[2] ?? "") ?? hole, end: at + simple[0].length };
  const next = source.charAt(at + 1);
  if (next === "(" || next === "{") return { shape: hole, end: closingEnd(source, at + 1) };
  if (/[@*#?$!-]/.test(next)) return { shape: hole, end: at + 2 };
  return { shape: "$", end: at + 1 };
}

/** The offset behind the bracket that closes the one at `open`; quotes inside are jumped over. */
function closingEnd(source: string, open: number): number {
  const closes: Readonly<Record<string, string>> = { "(": ")", "{": "}" };
  const stack: string[] = [];
  for (let at = open; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === "\\") at++;
    else if (char === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return at + 1;
    } else if (char === "'" && stack.at(-1) !== '"') at = indexOrEnd(source, "'", at + 1);
    else if (char === '"') stack.push('"');
    else if (char in closes && (stack.at(-1) !== '"' || source.charAt(at - 1) === "$")) stack.push(closes[char] ?? "");
  }
  return source.length;
}

function indexOrEnd(source: string, search: string, from: number): number {
  const found = source.indexOf(search, from);
  return found < 0 ? source.length : found;
}

function ansiText(source: string): string {
  return source.replace(
    /\\(?:([abeEfnrtv])|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|c(.)|([\s\S]))/g,
    (_all, letter?: string, hex?: string, unicode?: string, octal?: string, control?: string, other?: string) => {
      if (letter) return ansiEscapes[letter] ?? "";
      if (hex ?? unicode) return String.fromCharCode(Number.parseInt(hex ?? unicode ?? "", 16));
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return control ? hole : (other ?? "");
    },
  );
}
