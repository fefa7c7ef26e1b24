import { parseArgs } from "node:util";
import type { ExpectedTarget } from "../lint/lintInput.ts";
import { usageError } from "./cliError.ts";
import { readName } from "./readName.ts";
import { type RunAsked, readRunOptions } from "./run/runOptions.ts";

/** The forms in which `check` reports. */
export type Format = "text" | "json" | "github";

/** What a command line asks for. */
export type Asked =
  | { readonly command: "help" | "version" }
  | { readonly command: "inspect"; readonly files: readonly string[]; readonly json: boolean }
  | {
      readonly command: "check";
      readonly files: readonly string[];
      readonly format: Format;
      readonly target: ExpectedTarget;
      /** Folders of sample paths as they were given: relative ones start at the working directory. */
      readonly paths: Readonly<Record<string, string>>;
    }
  | RunAsked;

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },
  format: { type: "string" },
  namespace: { type: "string", short: "n" },
  context: { type: "string" },
  paths: { type: "string", multiple: true },
  block: { type: "string" },
  line: { type: "string" },
  section: { type: "string" },
  set: { type: "string", multiple: true },
  kubeconfig: { type: "string" },
  yes: { type: "boolean", short: "y" },
  protected: { type: "string", multiple: true },
  "confirm-context": { type: "string", multiple: true },
  raw: { type: "boolean" },
  timeout: { type: "string" },
  session: { type: "boolean" },
} as const;

/** The options as they were given, whatever the command. */
export type GivenOptions = ReturnType<typeof parse>["values"];

/** The options that each command takes besides `--help` and `--version`. */
const taken: Readonly<Record<string, readonly string[]>> = {
  inspect: ["json"],
  check: ["json", "format", "namespace", "context", "paths"],
  run: [
    ...["block", "line", "section", "set", "session", "timeout", "json", "raw"],
    ...["kubeconfig", "context", "namespace", "yes", "protected", "confirm-context"],
  ],
};

/**
 * Reads the words behind `podbook`.
 * @throws CliError `usage`
 */
export function readCommandLine(args: readonly string[]): Asked {
  const { values, positionals } = parse(args);
  if (values.help) return { command: "help" };
  if (values.version) return { command: "version" };
  const [command = "", ...files] = positionals;
  const known = Object.hasOwn(taken, command) ? taken[command] : undefined;
  if (!known) {
    throw usageError(
      command === ""
        ? "Say what to do: inspect, check or run."
        : `There is no command ${command}: use inspect, check or run.`,
    );
  }
  const foreign = Object.keys(values).find((name) => !known.includes(name));
  if (foreign) throw usageError(`podbook ${command} has no option --${foreign}.`);
  if (command === "run") return readRunOptions(files, values);
  if (files.length === 0) throw usageError(`Say which files: podbook ${command} FILE…`);
  if (command === "inspect") return { command, files, json: values.json === true };
  const target = { context: readName("context", values.context), namespace: readName("namespace", values.namespace) };
  const format = readFormat(values.format ?? (values.json ? "json" : "text"));
  return { command: "check", files, format, target, paths: readPaths(values.paths ?? []) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw error instanceof TypeError ? usageError(error.message) : error;
  }
}

function readFormat(text: string): Format {
  if (text === "text" || text === "json" || text === "github") return text;
  throw usageError(`There is no format ${text}: use text, json or github.`);
}

function readPaths(given: readonly string[]): Record<string, string> {
  const pairs = given.map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1) throw usageError(`--paths wants NAME=FOLDER, not ${text}.`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}
