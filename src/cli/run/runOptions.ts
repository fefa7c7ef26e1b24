import { readDuration } from "../../plan/duration.ts";
import { usageError } from "../cliError.ts";
import type { GivenOptions } from "../commandLine.ts";
import { readName } from "../readName.ts";

/** Which blocks of a file run. `line` is one-based. */
export type Selection =
  | { readonly by: "block"; readonly id: string }
  | { readonly by: "line"; readonly line: number }
  | { readonly by: "section"; readonly title: string }
  | { readonly by: "nothing" };

/** What `podbook run` is asked to do. */
export interface RunAsked {
  readonly command: "run";
  readonly file: string;
  readonly selection: Selection;
  /** Values of placeholders, by the names that the person used. */
  readonly values: ReadonlyMap<string, string>;
  /** Empty strings where nothing was chosen. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly namespace: string;
  readonly yes: boolean;
  /** Patterns of protected contexts, besides the default ones. */
  readonly protectedPatterns: readonly string[];
  /** The names of protected contexts that were agreed to beforehand. */
  readonly confirmedContexts: readonly string[];
  readonly output: "text" | "raw" | "json";
  /** A duration that can be read, or empty. */
  readonly timeout: string;
  readonly session: boolean;
}

/**
 * Reads the words behind `podbook run`.
 * @throws CliError `usage`
 */
export function readRunOptions(files: readonly string[], options: GivenOptions): RunAsked {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw usageError("Say which file, one: podbook run FILE");
  if (options.raw && options.json) throw usageError("Say either --raw or --json.");
  const timeout = options.timeout ?? "";
  if (options.timeout !== undefined && readDuration(timeout) === null) {
    throw usageError(`--timeout wants a duration such as 90s, 5m or 1h30m, not ${timeout}.`);
  }
  return {
    command: "run",
    file,
    selection: readSelection(options),
    values: readValues(options.set ?? []),
    kubeconfig: readName("kubeconfig", options.kubeconfig) ?? "",
    context: readName("context", options.context) ?? "",
    namespace: readName("namespace", options.namespace) ?? "",
    yes: options.yes === true,
    protectedPatterns: options.protected ?? [],
    confirmedContexts: options["confirm-context"] ?? [],
    output: options.raw ? "raw" : options.json ? "json" : "text",
    timeout,
    session: options.session === true,
  };
}

function readSelection({ block, line, section }: GivenOptions): Selection {
  if ([block, line, section].filter((one) => one !== undefined).length > 1) {
    throw usageError("Say one of --block, --line and --section.");
  }
  if (block !== undefined) return { by: "block", id: block };
  if (section !== undefined) return { by: "section", title: section };
  if (line === undefined) return { by: "nothing" };
  if (!/^[1-9]\d*$/.test(line)) throw usageError(`--line wants the number of a line, not ${line}.`);
  return { by: "line", line: Number(line) };
}

// The name of a placeholder may be written as it stands in the text, and hold a = itself.
const value = /^(<[^>]*>|\$?\{\{.*?\}\}|[^=]+)=(.*)$/s;

function readValues(given: readonly string[]): Map<string, string> {
  const pairs = given.map((text): [string, string] => {
    const [, name, own] = value.exec(text) ?? [];
    if (name === undefined || own === undefined) throw usageError(`--set wants NAME=VALUE, not ${text}.`);
    return [name, own];
  });
  return new Map(pairs);
}
