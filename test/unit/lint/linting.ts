import { existsSync } from "node:fs";
import type { ExpectedTarget, LintInput } from "../../../src/lint/lintInput.ts";
import { filesToCheck, lintRunbook } from "../../../src/lint/lintRunbook.ts";
import type { Edit, Fix, Place, Problem, RuleName } from "../../../src/lint/problem.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

/** What a test says of the surroundings of its document; nothing exists and nothing is expected where it is silent. */
export interface Surroundings {
  readonly directory?: string | null;
  readonly root?: string | null;
  readonly target?: Partial<ExpectedTarget>;
  readonly paths?: Readonly<Record<string, string>>;
  /** Absolute paths; without it, what is on the disk. */
  readonly exists?: readonly string[];
}

const parser = await testShellParser();

/** What the lint is given for a document. */
export function inputOf(text: string, around: Surroundings = {}): LintInput {
  const runbook = readRunbook(text);
  return {
    text,
    runbook,
    analyses: runbook.blocks.map((block) => analyseBlock(block.text, block.language, parser)),
    directory: around.directory === undefined ? "/books" : around.directory,
    root: around.root ?? null,
    target: { context: null, namespace: null, ...around.target },
    paths: around.paths ?? {},
  };
}

/** The problems of a document. */
export function lint(text: string, around: Surroundings = {}): Problem[] {
  const input = inputOf(text, around);
  return lintRunbook(input, {
    exists: new Set(around.exists ?? filesToCheck(input).filter((path) => existsSync(path))),
  });
}

/** The problems of one rule. */
export function problemsOf(rule: RuleName, text: string, around: Surroundings = {}): Problem[] {
  return lint(text, around).filter((problem) => problem.rule === rule);
}

/** A document with one bash block. */
export function bash(...lines: string[]): string {
  return ["# Runbook", "", "```bash", ...lines, "```", ""].join("\n");
}

/** What stands at a place of a document. */
export function textAt(text: string, { line, column, endLine, endColumn }: Place): string {
  return text.slice(offsetOf(text, line, column), offsetOf(text, endLine, endColumn));
}

/** The document with a fix made. */
export function withFix(text: string, { edits }: Fix): string {
  const last = (one: Edit, other: Edit) => other.line - one.line || other.column - one.column;
  return [...edits].sort(last).reduce((now, edit) => {
    const start = offsetOf(text, edit.line, edit.column);
    return now.slice(0, start) + edit.newText + now.slice(offsetOf(text, edit.endLine, edit.endColumn));
  }, text);
}

function offsetOf(text: string, line: number, column: number): number {
  const ends = [...text.matchAll(/\r\n|\r|\n/g)];
  const before = ends[line - 1];
  return (before ? before.index + before[0].length : 0) + column;
}
