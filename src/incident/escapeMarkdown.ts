/** What has a meaning in Markdown, HTML or a table's cell. */
const special = /[\\`*_{}[\]<>#!|&~$@]|:(?=\/\/)/g;
const mostText = 2000;

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

/** A text as a fenced block which nothing in it can end. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
