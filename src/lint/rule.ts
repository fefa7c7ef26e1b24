import type { LintedBlock } from "./lintedBlock.ts";
import type { LintFacts, LintInput } from "./lintInput.ts";
import type { Problem } from "./problem.ts";

/** What a rule looks at. */
export interface LintSource {
  readonly input: LintInput;
  readonly facts: LintFacts;
  /** The lines of the document. */
  readonly lines: readonly string[];
  readonly blocks: readonly LintedBlock[];
}

/** Finds the problems of one kind. Raises nothing, whatever the document. */
export type Rule = (source: LintSource) => readonly Problem[];
