import type { LintedBlock } from "../lintedBlock.ts";
import type { Problem } from "../problem.ts";
import type { Rule } from "../rule.ts";

/** What bash could not read. Blocks that are no shell at all are told of by `not-shell`. */
export const bashSyntax: Rule = ({ blocks }) =>
  blocks.flatMap((linted) =>
    linted.analysis.kind === "not-shell"
      ? []
      : linted.analysis.syntaxErrors.map(({ start, end, message }): Problem => {
          const text = `Not valid bash: ${message}. Correct the command, or give the block the language it is in.`;
          return { rule: "bash-syntax", severity: "error", ...placeOf(linted, start, end), message: text, fixes: [] };
        }),
  );

/** What is missing at the end of a script is shown at its last character, where a person sees it. */
function placeOf(linted: LintedBlock, start: number, end: number) {
  const { script } = linted.analysis;
  if (script.slice(start, end).trim() !== "") return linted.place(start, end);
  const before = script.slice(0, start).trimEnd().length;
  return linted.place(Math.max(0, before - 1), before);
}
