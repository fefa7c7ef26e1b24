/** What has a meaning in Markdown, HTML or a table's cell. */
const special = /[\\`*_{}[\]<>#!|&~$@]|:(?=\/\/)|(?<=www)\./gi;
const mostText = 2000;
const mostFenced = 20_000;
const mostSpan = 300;

/**
 * A text that anybody may have written, as one line of Markdown that shows just that: no markup, no link, no HTML. Very long
 * texts are cut, and say so.
 */
export function escapeMarkdown(text: string): string {
  const line = text
    .slice(0, mostText)
    .replaceAll(/\p{C}+|\s+/gu, " ")
    .trim();
  const cut = text.length > mostText ? ` … (${text.length - mostText} characters left out)` : "";
  return line.replaceAll(special, (sign) => `&#${sign.charCodeAt(0)};`).replace(/^(?=[-=+\d(])/, "&#8203;") + cut;
}

/**
 * A text as a fenced block which nothing in it can end. What hides in it or turns it around stands there by its number; very
 * long texts are cut, and say so.
 */
export function fenced(text: string, language: string): string {
  const kept = visible(text.slice(0, mostFenced)).trimEnd();
  const cut = text.length > mostFenced ? `\n… (${text.length - mostFenced} characters left out)` : "";
  const fence = longerThan(kept, 2);
  return `${fence}${language}\n${kept}${cut}\n${fence}`;
}

/** A text as a code span on one line, which nothing in it can end; cut where it is long. */
export function codeSpan(text: string): string {
  const line = visible(text.slice(0, mostSpan).replaceAll(/\s+/g, " ").trim());
  const fence = longerThan(line, 0);
  return `${fence} ${line || "…"}${text.length > mostSpan ? "…" : ""} ${fence}`;
}

function longerThan(text: string, least: number): string {
  return "`".repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
}

function visible(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{C}\n\t]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
