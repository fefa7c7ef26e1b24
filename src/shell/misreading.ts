import { everyNode, type Syntax } from "./syntax.ts";

/**
 * The offset from which on the parser's reading of a script cannot be trusted: where it found a mistake, and where it is
 * known to differ from bash. Null where it can be trusted.
 */
export function firstDoubt(root: Syntax, source: string): number | null {
  for (const node of everyNode(root)) {
    if (node.missing || node.type === "ERROR") return node.start;
    const word = node.type === "comment" ? wordBefore(node.start, source) : null;
    if (word !== null) return word;
    if (node.type === "heredoc_redirect" && !endsWhereBashEndsIt(node, source)) return node.start;
  }
  return null;
}

/**
 * Where the word ends to which a `#` belongs; null where it begins a comment. To bash, it begins one only where a word
 * could begin: `"x"#y` is one word, and so is `x\\ #y`.
 */
function wordBefore(offset: number, source: string): number | null {
  let at = offset;
  while (at >= 2 && source.charAt(at - 2) === "\\" && /[ \t\n]/.test(source.charAt(at - 1))) at -= 2;
  const blank = /[ \t]/.test(source.slice(at, offset));
  return at === 0 || (!blank && /[\s;|&()`]/.test(source.charAt(at - 1))) ? null : at;
}

/** A here-document ends at the first line that is its delimiter, and nowhere else. */
function endsWhereBashEndsIt(redirect: Syntax, source: string): boolean {
  const start = redirect.children.find(({ type }) => type === "heredoc_start");
  const body = redirect.children.find(({ type }) => type === "heredoc_body");
  const end = redirect.children.find(({ type }) => type === "heredoc_end");
  if (!start || !end) return false;
  const delimiter = source.slice(start.start, start.end).replace(/\\(.)|["']/g, "$1");
  const tabs = redirect.children.some(({ type }) => type === "<<-");
  const lines = body ? source.slice(body.start, body.end).split("\n") : [];
  const from = source.lastIndexOf("\n", end.start) + 1;
  const to = source.indexOf("\n", end.start);
  const last = source.slice(from, to < 0 ? source.length : to);
  const isEnd = (line: string) => (tabs ? line.replace(/^\t+/, "") : line) === delimiter;
  // In a substitution, what closes it may stand behind the delimiter.
  return !lines.some(isEnd) && (isEnd(last) || isEnd(last.replace(/[)`"\s]+$/, "")));
}
