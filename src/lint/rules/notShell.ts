import { documentLines } from "../documentLines.ts";
import type { LintedBlock } from "../lintedBlock.ts";
import type { Fix, Place, Problem } from "../problem.ts";
import type { Rule } from "../rule.ts";

/** Blocks that are labelled as shell and are something else. */
export const notShell: Rule = ({ blocks, lines }) =>
  blocks
    .filter(({ analysis }) => analysis.kind === "not-shell")
    .map((linted): Problem => {
      const label = labelPlace(lines[linted.block.line] ?? "", linted);
      const why = linted.analysis.why.replace(/\.?$/, ".");
      const message = `This block is not shell. ${why} Name its language, so that nobody tries to run it.`;
      return {
        rule: "not-shell",
        severity: "info",
        ...label.place,
        message,
        fixes: label.exact ? fixes(linted, label.place) : [],
      };
    });

/** Where the language stands in the line of the opening fence; the whole line where it is not written plainly. */
function labelPlace(line: string, { block }: LintedBlock): { place: Place; exact: boolean } {
  const fence = /(?:`{3,}|~{3,})[ \t]*/.exec(line);
  const from = fence ? fence.index + fence[0].length : 0;
  const at = line.toLowerCase().indexOf(block.language, from);
  const exact = fence !== null && block.language !== "" && at >= 0 && at - from <= 2;
  const [column, endColumn] = exact ? [at, at + block.language.length] : [0, line.length];
  return { place: { line: block.line, column, endLine: block.line, endColumn }, exact };
}

function fixes({ block }: LintedBlock, place: Place): Fix[] {
  const languages = [...new Set([likelyLanguage(block.text), "text"])];
  return languages.map((newText) => ({ title: `Label the block as ${newText}`, edits: [{ ...place, newText }] }));
}

/** The language that a text which is not shell is likely to be in; `text` where that cannot be told. */
export function likelyLanguage(text: string): string {
  const lines = documentLines(text.slice(0, 20_000)).filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  const [first = ""] = lines;
  if (/^\s*[{[]/.test(first) && /[}\]]\s*$/.test(lines.at(-1) ?? "") && /["[\]{}]/.test(first + (lines[1] ?? "")))
    return "json";
  const keys = lines.filter((line) => /^\s*(?:- )?["']?[\w./-]{1,80}["']?:(?:\s|$)/.test(line) || /^\s*- /.test(line));
  if (/^(?:apiVersion|kind|---)/.test(first) || (lines.length > 1 && keys.length * 3 >= lines.length * 2))
    return "yaml";
  if (/^\s*(?:select|insert|update|delete|alter|create|drop|with|explain|show|vacuum)\b.{0,2000};?$/i.test(first))
    return "sql";
  const promql =
    /^\s*(?:[a-z_:][\w:]{0,200}\s*\{|(?:sum|avg|min|max|count|rate|increase|irate|topk|histogram_quantile|absent|up)\b\s*[({])/;
  return promql.test(first) ? "promql" : "text";
}
