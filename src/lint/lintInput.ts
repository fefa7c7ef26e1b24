import type { Block } from "../runbook/runbook.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";

/** A link of the document, as far as the lint looks at it. */
export interface LintedLink {
  /** Zero-based. */
  readonly line: number;
  readonly href: string;
  readonly text: string;
  /** The file it leads to, decoded; null where it leads to none. */
  readonly path: string | null;
}

/** What is known of where a runbook is meant to run; null for what is not known. */
export interface ExpectedTarget {
  readonly context: string | null;
  readonly namespace: string | null;
}

/** All that the lint looks at. */
export interface LintInput {
  /** The document. */
  readonly text: string;
  readonly runbook: { readonly blocks: readonly Block[]; readonly links: readonly LintedLink[] };
  /** The analysis of each block, in their order. */
  readonly analyses: readonly BlockAnalysis[];
  /** Absolute folder of the document, with `/` between its parts, or null where it is no file. */
  readonly directory: string | null;
  /** Absolute folder that links beginning with `/` start from, or null where there is none. */
  readonly root: string | null;
  readonly target: ExpectedTarget;
  /** Absolute folders of sample paths: `/path/to/scripts` → `/home/me/scripts`. */
  readonly paths: Readonly<Record<string, string>>;
}

/** What the caller has found out for the lint, which looks at no disk itself. */
export interface LintFacts {
  /** Those of the paths of `filesToCheck` that exist. */
  readonly exists: ReadonlySet<string>;
}
