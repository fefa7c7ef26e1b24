import { parseArgs } from "node:util";
import type { ExpectedTarget } from "../lint/lintInput.ts";
import { CliError } from "./cliError.ts";

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
    };

export const help = `podbook: reads Kubernetes runbooks written in Markdown, without an editor and without a cluster.

  podbook inspect FILE… [--json]      what is in them: scenarios, blocks, commands and what they do, queries, links
  podbook check FILE… [options]       what is wrong with them

Options of check:
  --format text|json|github           how problems are written (default: text)
  --namespace NAME                    tell of other namespaces in the text
  --context NAME                      tell of other contexts in the text
  --paths NAME=FOLDER                 where a sample path lies, as in /path/to/scripts=tools; may be repeated

  --help, --version

FILE may be - for standard input. Exit status: 0; 1 where check finds errors; 2 where a file cannot be read or the
command line is wrong.
`;

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },
  format: { type: "string" },
  namespace: { type: "string", short: "n" },
  context: { type: "string" },
  paths: { type: "string", multiple: true },
} as const;

/** The options that each command takes besides `--help` and `--version`. */
const taken: Readonly<Record<string, readonly string[]>> = {
  inspect: ["json"],
  check: ["json", "format", "namespace", "context", "paths"],
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
    throw usage(
      command === "" ? "Say what to do: inspect or check." : `There is no command ${command}: use inspect or check.`,
    );
  }
  const foreign = Object.keys(values).find((name) => !known.includes(name));
  if (foreign) throw usage(`podbook ${command} has no option --${foreign}.`);
  if (files.length === 0) throw usage(`Say which files: podbook ${command} FILE…`);
  if (command === "inspect") return { command, files, json: values.json === true };
  const target = { context: readName("context", values.context), namespace: readName("namespace", values.namespace) };
  const format = readFormat(values.format ?? (values.json ? "json" : "text"));
  return { command: "check", files, format, target, paths: readPaths(values.paths ?? []) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw error instanceof TypeError ? usage(error.message) : error;
  }
}

/** An empty name comes from a variable of a script that is not set: nothing in a text could be it. */
function readName(option: string, value: string | undefined): string | null {
  if (value === "") throw usage(`--${option} wants a name.`);
  return value ?? null;
}

function readFormat(text: string): Format {
  if (text === "text" || text === "json" || text === "github") return text;
  throw usage(`There is no format ${text}: use text, json or github.`);
}

function readPaths(given: readonly string[]): Record<string, string> {
  const pairs = given.map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1) throw usage(`--paths wants NAME=FOLDER, not ${text}.`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}

function usage(message: string): CliError {
  return new CliError("usage", `${message}\nTry podbook --help.`);
}
