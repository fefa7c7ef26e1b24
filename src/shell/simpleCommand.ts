import type { Word } from "./analysis.ts";
import type { Script } from "./scope.ts";
import type { Syntax } from "./syntax.ts";
import { readWord } from "./words.ts";

/** The words of a simple command. */
export interface SimpleCommand {
  readonly words: Word[];
  /** True where something stands between its parts that none of them accounts for. */
  readonly torn: boolean;
}

/** To bash, a carriage return and other white space are part of a word. */
const blanks = /^(?:[ \t]|\\\n)*$/;

/** The words of a command in the order in which they stand. `moved` are words that its redirections hold. */
export function wordsOf(node: Syntax | null, moved: readonly Syntax[], script: Script): SimpleCommand {
  const parts = node?.children.filter(({ type }) => type !== "comment") ?? [];
  const others = parts.filter(isNoWord);
  const pieces = [...parts.filter((part) => !isNoWord(part)), ...moved].sort((one, other) => one.start - other.start);
  const lookup = script.names.lookupAt(pieces[0]?.start ?? 0);
  const words: Word[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const start = pieces[index]?.start ?? 0;
    let end = pieces[index]?.end ?? 0;
    // What touches is one word to bash, however the parser cut it; an escaped blank it takes for a gap.
    for (end = gluedEnd(end, script.source); pieces[index + 1]?.start === end; ) {
      end = gluedEnd(pieces[++index]?.end ?? end, script.source);
    }
    const place = script.holder ?? { start, end };
    words.push(
      ...readWord(script.source.slice(start, end), script.text.slice(start, end), place.start, place.end, lookup),
    );
  }
  return { words, torn: isTorn(node, [...pieces, ...others], script.source) };
}

function isNoWord({ type }: Syntax): boolean {
  return type.endsWith("_redirect") || type === "variable_assignment" || type === "subshell" || type === "ERROR";
}

function isTorn(node: Syntax | null, pieces: readonly Syntax[], source: string): boolean {
  if (!node) return false;
  if (pieces.some(({ type }) => type === "subshell")) return true;
  const own = pieces.filter(({ start, end }) => start >= node.start && end <= node.end);
  let at = node.start;
  for (const { start, end } of own.sort((one, other) => one.start - other.start)) {
    if (start > at && !blanks.test(source.slice(gluedEnd(at, source), start))) return true;
    at = Math.max(at, end);
  }
  return !blanks.test(source.slice(gluedEnd(at, source), node.end));
}

/**
 * The offset to which a word reaches that the parser ends at `end`: escaped blanks belong to it, and so does what follows
 * a line break that is escaped directly behind it.
 */
function gluedEnd(end: number, source: string): number {
  let at = end;
  let behindBlank = end;
  while (source.charAt(at) === "\\" && /[ \t\n]/.test(source.charAt(at + 1))) {
    at += 2;
    if (source.charAt(at - 1) !== "\n") behindBlank = at;
  }
  return at < source.length && /[^\s;&|()]/.test(source.charAt(at)) ? at : behindBlank;
}

const mayHide = new Set(
  `string word string_content heredoc_body heredoc_content expansion arithmetic_expansion regex extglob_pattern
  concatenation subscript array number`.split(/\s+/),
);
const seen = new Set(
  "command_substitution process_substitution arithmetic_expansion expansion raw_string ansi_c_string comment".split(
    " ",
  ),
);

/**
 * Whether a node holds the beginning of a command substitution that the parser did not see as one, as a backtick in a
 * here-document.
 */
export function hidesCommand(node: Syntax, source: string): boolean {
  if (node.type === "ansi_c_string") {
    // The parser takes `\\'` for an escaped quote where the backslash itself is escaped.
    return !/^\$'(?:[^'\\]|\\[\s\S])*'$/.test(source.slice(node.start, node.end));
  }
  if (!mayHide.has(node.type)) return false;
  const text = source.slice(node.start, node.end);
  if (!text.includes("`") && !text.includes("$(")) return false;
  let rest = "";
  let at = node.start + (node.type === "arithmetic_expansion" ? 3 : 0);
  for (const child of node.children) {
    if (!seen.has(child.type) && !(node.type === "concatenation" && child.type === "string")) continue;
    rest += `${source.slice(at, child.start)} `;
    at = Math.max(at, child.end);
  }
  rest += source.slice(at, node.end);
  return /\$\(|`/.test(node.type === "word" ? rest.replace(/\\[^`]/g, " ") : rest.replace(/\\[\s\S]/g, " "));
}
