/** How much a problem matters: an `error` makes `podbook check` fail. */
export type Severity = "error" | "warning" | "info";

/** A stretch of a document. Lines and UTF-16 columns are zero-based; the end is behind the last character. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A replacement of a stretch of the document. */
export interface Edit extends Place {
  readonly newText: string;
}

/** A way to mend a problem. Edits of one fix do not overlap, and all are meant for the same text. */
export interface Fix {
  /** For a person, what it does: `Replace staging by pyairtable`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** A file that is to be written besides; its path is absolute. */
  readonly creates?: { readonly path: string; readonly content: string };
}

/** The rules, from what stops a run to what is only good to know. `docs/lint.md` says what each is about. */
export const ruleNames = [
  "bash-syntax",
  "missing-script",
  "missing-document",
  "takes-all-replicas",
  "other-target",
  "deprecated-kubectl",
  "not-shell",
  "placeholder",
] as const;

/** The name of a rule, as suppressions and reports write it. */
export type RuleName = (typeof ruleNames)[number];

/** Something in a runbook that a person should look at. */
export interface Problem extends Place {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** For a person: what is wrong, and what to do next. */
  readonly message: string;
  /** The best one first. */
  readonly fixes: readonly Fix[];
}
