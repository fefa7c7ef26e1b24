import type { Fix, RuleName } from "./problem.ts";

/**
 * Puts a comment above a block, so that a rule is no longer told of in it; null where the fence stands behind a list
 * marker, where no line can be put above it.
 * @param line zero-based line of the opening fence
 * @param text that line
 */
export function suppressionFix(rule: RuleName, line: number, text: string): Fix | null {
  const before = /^[\s>]{0,200}(?=`{3}|~{3})/.exec(text)?.[0];
  if (before === undefined) return null;
  const newText = `${before}<!-- podbook-disable-next-line ${rule} -->\n`;
  const place = { line, column: 0, endLine: line, endColumn: 0 };
  return { title: `Say no more about ${rule} in this block`, edits: [{ ...place, newText }] };
}
