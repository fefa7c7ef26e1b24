import type { Block } from "../runbook/runbook.ts";
import { type Problem, type RuleName, ruleNames } from "./problem.ts";

/** What a person has asked not to be told. */
export interface Suppressions {
  has(problem: Pick<Problem, "rule" | "line">): boolean;
}

const rules = "((?:[ \\t,]{1,9}[a-z-]{1,40}){0,20})[ \\t]{0,9}";
const inMarkdown = new RegExp(`<!--[ \\t]{0,9}podbook-disable(-next-line)?${rules}-->`);
const inBlock = new RegExp(`(?:^|\\s)#[ \\t]{0,9}podbook-disable(-next-line)?${rules}$`);

/**
 * Reads `<!-- podbook-disable RULE, RULE -->`, which holds for the whole document, and `podbook-disable-next-line`, which
 * holds for the next line that is not blank: where that opens a block, for the block. In a block, `#` begins the comment.
 * Without a rule, all rules are meant.
 */
export function readSuppressions(lines: readonly string[], blocks: readonly Block[]): Suppressions {
  const everywhere = new Set<RuleName>();
  const byLine = new Map<number, Set<RuleName>>();
  const startOf = blockStarts(blocks);
  let next = lines.length;
  for (let line = lines.length - 1; line >= 0; line--) {
    const text = lines[line] ?? "";
    const start = text.includes("podbook-disable") ? startOf.get(line) : undefined;
    const match = readMarker(text, start !== undefined && start !== line);
    if (match) {
      const into = match.nextLine ? (byLine.get(next) ?? new Set<RuleName>()) : everywhere;
      for (const rule of match.rules) into.add(rule);
      if (match.nextLine) byLine.set(next, into);
    } else if (/[^\s>]/.test(text)) next = line;
  }
  return {
    has: ({ rule, line }) =>
      everywhere.has(rule) || [line, startOf.get(line) ?? line].some((one) => byLine.get(one)?.has(rule) === true),
  };
}

function readMarker(text: string, isInBlock: boolean): { nextLine: boolean; rules: readonly RuleName[] } | null {
  if (!text.includes("podbook-disable")) return null;
  const match = (isInBlock ? inBlock : inMarkdown).exec(isInBlock ? text.trimEnd() : text);
  if (!match) return null;
  const names = (match[2] ?? "").split(/[\s,]+/).filter((name) => name !== "");
  return {
    nextLine: match[1] !== undefined,
    rules: names.length === 0 ? ruleNames : ruleNames.filter((name) => names.includes(name)),
  };
}

/** For each line of a block, the line of its opening fence. */
function blockStarts(blocks: readonly Block[]): Map<number, number> {
  const starts = new Map<number, number>();
  for (const block of blocks) for (let line = block.line; line <= block.endLine; line++) starts.set(line, block.line);
  return starts;
}
