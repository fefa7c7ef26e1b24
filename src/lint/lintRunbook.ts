import { documentLines } from "./documentLines.ts";
import { LintedBlock } from "./lintedBlock.ts";
import type { LintFacts, LintInput } from "./lintInput.ts";
import type { Problem } from "./problem.ts";
import type { Rule } from "./rule.ts";
import { bashSyntax } from "./rules/bashSyntax.ts";
import { deprecatedKubectl } from "./rules/deprecatedKubectl.ts";
import { linkedPaths, missingDocuments } from "./rules/missingDocuments.ts";
import { missingScripts, scriptPaths } from "./rules/missingScripts.ts";
import { notShell } from "./rules/notShell.ts";
import { otherTarget } from "./rules/otherTarget.ts";
import { placeholders } from "./rules/placeholders.ts";
import { takesAllReplicas } from "./rules/takesAllReplicas.ts";
import { readSuppressions } from "./suppressions.ts";

const rules: readonly Rule[] = [
  bashSyntax,
  missingScripts,
  missingDocuments,
  takesAllReplicas,
  otherTarget,
  deprecatedKubectl,
  notShell,
  placeholders,
];

/** A file can be full of the same mistake; nobody reads more than this. */
const most = 2000;

/**
 * The problems of a runbook, in the order of their places. Any text can be linted: nothing is raised.
 * @param facts what exists of the paths that `filesToCheck` gives for the same input
 */
export function lintRunbook(input: LintInput, facts: LintFacts): Problem[] {
  const lines = documentLines(input.text);
  const source = { input, facts, lines, blocks: lintedBlocks(lines, input) };
  const suppressions = readSuppressions(lines, input.runbook.blocks);
  const found = new Map<string, Problem>();
  for (const problem of rules.flatMap((rule) => rule(source))) {
    // Calls within calls are seen twice.
    const key = [problem.rule, problem.line, problem.column, problem.message].join("\n");
    if (!found.has(key) && !suppressions.has(problem)) found.set(key, problem);
  }
  const sorted = [...found.values()].sort((one, other) => one.line - other.line || one.column - other.column);
  return sorted.slice(0, most);
}

/** The absolute paths whose existence `lintRunbook` wants to know, each once. */
export function filesToCheck(input: LintInput): string[] {
  const blocks = lintedBlocks(documentLines(input.text), input);
  return [...new Set([...scriptPaths(blocks, input), ...linkedPaths(input)])];
}

function lintedBlocks(lines: readonly string[], { runbook, analyses }: LintInput): LintedBlock[] {
  return runbook.blocks.flatMap((block, index) => {
    const analysis = analyses[index];
    return analysis ? [new LintedBlock(lines, block, analysis)] : [];
  });
}
