/** What running something does: it only looks, it changes something, or it destroys something. */
export type Effect = "read" | "change" | "destroy";

/** One word of a command line. */
export interface Word {
  /** As it stands in the script, with its quotes. */
  readonly text: string;
  /** Its value where it is static; null where it depends on an expansion. */
  readonly literal: string | null;
  /** Its value as far as it is known, with U+FFFC for each part that depends on an expansion. */
  readonly shape: string;
  /** Offset into the script. */
  readonly start: number;
  /** Offset into the script, behind the last character. */
  readonly end: number;
}

/** A simple command, wherever it stands: in a pipeline, in `$( )`, behind sudo or xargs, in a pod, on another host. */
export interface Call {
  /** The program as it was named, without its folder where the folder is one of the system's: `kubectl`, `./fix.sh`. */
  readonly program: string;
  /** The words behind the program. */
  readonly args: readonly Word[];
  readonly effect: Effect;
  /** For a person: `deletes pods`, `cannot tell what ./fix.sh does`. */
  readonly reason: string;
  /** Offset into the script. Of the word that holds it, where it stands inside a quoted script. */
  readonly start: number;
  /** Offset into the script, behind the last character. */
  readonly end: number;
  /**
   * Where it runs: `here`, or somewhere else, as behind ssh or `kubectl exec … --`. What is said here about the cluster
   * may not hold there.
   */
  readonly where: "here" | "elsewhere";
}

/** One top-level statement of a block. */
export interface Command {
  /** Zero-based line in the block's text. */
  readonly line: number;
  /** Zero-based line of its last character, here-documents included. */
  readonly endLine: number;
  /** First line of the comment directly above it, or `line`. */
  readonly commentLine: number;
  /** Offset into the script. */
  readonly start: number;
  /** Offset into the script, behind the last character. */
  readonly end: number;
  readonly text: string;
  /** The worst effect of all that it does. */
  readonly effect: Effect;
  /** For a person, the worst first; empty where it only reads. */
  readonly reasons: readonly string[];
  readonly calls: readonly Call[];
}

/** How a placeholder stands in the script, which decides how a value must be quoted there. */
export type PlaceholderPosition = "bare" | "single-quoted" | "double-quoted" | "heredoc" | "quoted-heredoc";

/** `<name>`, `{{name}}`, `$NAME` that nothing sets, `/path/to/…`, `YOUR_NAME`. */
export type PlaceholderForm = "angle" | "braces" | "variable" | "path" | "your";

/** A part of a block that a person must fill in before it can run. */
export interface Placeholder {
  /** As it stands in the text: `<pod-name>`, `${NAMESPACE}`, `/path/to/chaos-engineering`. */
  readonly name: string;
  /** Zero-based line within the block. */
  readonly line: number;
  /** Zero-based UTF-16 column in the block's text, prompts included. */
  readonly column: number;
  /** Offset into the script. */
  readonly start: number;
  /** Offset into the script, behind the last character. */
  readonly end: number;
  readonly position: PlaceholderPosition;
  /** Whether another shell reads it again (`bash -c`, ssh, eval): quoting for this script alone does not make a value safe. */
  readonly reread: boolean;
  readonly form: PlaceholderForm;
}

/** A place where the script is not bash. */
export interface SyntaxProblem {
  /** Zero-based line within the block. */
  readonly line: number;
  /** Zero-based UTF-16 column in the block's text, prompts included. */
  readonly column: number;
  /** Offset into the script. */
  readonly start: number;
  /** Offset into the script, behind the last character; more than `start`, except at the script's end. */
  readonly end: number;
  /** For a person: `unexpected ")"`, `missing "done"`. */
  readonly message: string;
}

/** All that can be known of a block without running it. */
export interface BlockAnalysis {
  readonly kind: "shell" | "not-shell";
  /** For a person: why it is not shell. Empty where it is. */
  readonly why: string;
  /** What bash is given. Line n of it is line n of the block's text: prompts are cut off, expected output is blank. */
  readonly script: string;
  /** In the order of the script. Empty where the block is not shell. */
  readonly commands: readonly Command[];
  /** In the order of the script. */
  readonly placeholders: readonly Placeholder[];
  /** Names of the variables that the block itself sets, in any way. */
  readonly sets: readonly string[];
  /** Whether the block shows what its commands print. */
  readonly expectedOutput: boolean;
  /** In the order of the script. */
  readonly syntaxErrors: readonly SyntaxProblem[];
}

/**
 * A row of the table of effects, as a setting gives it too. Of the rows that match a call, the one that
 * says most about it decides; of equals, the worst.
 */
export interface EffectRow {
  /** A program's name, or several with `|` between: `docker|podman`. */
  readonly program: string;
  /**
   * Patterns that must all match. Those without a dash are compared with the first words that are not options, in order:
   * `["image", "prune"]`. Those with one ask for an option anywhere: `-i`, `--dry-run=client`. `*` stands for anything,
   * `|` separates alternatives.
   */
  readonly args?: readonly string[];
  readonly effect: Effect;
  /** For a person, with a verb in front: `restarts {2}`. `{0}` is the program, `{1}`… its words that are no options. */
  readonly reason?: string;
}
