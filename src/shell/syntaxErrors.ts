import type { SyntaxProblem } from "./analysis.ts";
import { lineOf, lineStarts } from "./commands.ts";
import type { Syntax } from "./syntax.ts";

/** Where a script is not bash: the outermost mistakes, one for each line at most. */
export function readSyntaxErrors(
  root: Syntax,
  script: string,
  source: string,
  cuts: readonly number[],
): SyntaxProblem[] {
  const lines = lineStarts(script);
  const problems: SyntaxProblem[] = [];
  for (const node of mistakes(root)) {
    const line = lineOf(node.start, lines);
    if (problems.at(-1)?.line === line) continue;
    const start = Math.min(node.start, script.length);
    const end = Math.min(script.length, Math.max(start + 1, node.missing ? start : firstLineEnd(source, node)));
    const message = node.missing
      ? `missing "${node.type}"`
      : `bash cannot read this: ${shorten(script.slice(start, end))}`;
    problems.push({ line, column: start - (lines[line] ?? 0) + (cuts[line] ?? 0), start, end, message });
  }
  return problems;
}

function mistakes(node: Syntax): Syntax[] {
  if (node.missing || node.type === "ERROR") return [deepestMistake(node)];
  return node.children.flatMap(mistakes);
}

/** An error around half the script helps nobody: the error within it, where there is one, is closer to the mistake. */
function deepestMistake(node: Syntax): Syntax {
  const inner = node.children.flatMap(mistakes);
  return inner[0] ?? node;
}

function firstLineEnd(source: string, { start, end }: Syntax): number {
  const line = source.indexOf("\n", start);
  return line < 0 ? end : Math.min(end, line);
}

function shorten(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 40 ? `${trimmed.slice(0, 39)}…` : trimmed;
}
