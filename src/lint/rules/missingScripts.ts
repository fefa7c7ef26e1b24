import { type ScriptFile, scriptFiles } from "../../plan/scriptFiles.ts";
import type { Call, Command } from "../../shell/analysis.ts";
import type { LintedBlock } from "../lintedBlock.ts";
import type { LintInput } from "../lintInput.ts";
import type { Problem, Severity } from "../problem.ts";
import type { Rule } from "../rule.ts";
import { isSamplePath, mapSamplePath } from "../samplePaths.ts";

/** A script that a block runs, and where it must exist on this machine. */
interface NeededScript {
  readonly script: ScriptFile;
  readonly path: string;
  readonly severity: Severity;
}

/** Programs that bring files which a later step runs. */
const fetchers = new Set("git gh curl wget tar unzip scp rsync aws gsutil gcloud az oras hg svn".split(" "));
/** Programs that make the file which they name. */
const makers = new Set("cp mv ln tee install make go cargo touch sed awk helm kustomize".split(" "));

/** Programs that run the file which is their first word. */
const shells = new Set(["bash", "sh", "zsh", "source", "."]);

/** What the commands so far may have brought to the machine. */
interface Brought {
  /** Words of commands that make files. */
  readonly names: Set<string>;
  /** Whether something was fetched that may hold any file. */
  fetched: boolean;
}

/** Scripts that do not exist. What an earlier command may have made or fetched is not held against the runbook. */
export const missingScripts: Rule = ({ blocks, input, facts }) => {
  const problems: Problem[] = [];
  const brought: Brought = { names: new Set(), fetched: false };
  for (const linted of blocks) {
    const missing = neededScripts(linted, input).filter(({ path }) => !facts.exists.has(path));
    const byLine = Map.groupBy(missing, ({ script }) => script.line);
    for (const command of linted.analysis.commands) {
      for (const needed of byLine.get(command.line) ?? []) {
        // Several commands can stand in one line.
        const call = command.calls.find((one) => runs(one, needed.script.name));
        if (!call) continue;
        bring(brought, linted, command, call.start);
        const name = needed.script.name.replace(/^.*\//, "");
        if (!brought.names.has(name)) problems.push(problemOf(linted, call, needed, brought.fetched));
      }
      bring(brought, linted, command, command.end);
    }
  }
  return problems;
};

function runs({ program, args, where }: Call, script: string): boolean {
  return where === "here" && (program === script || (shells.has(program) && args[0]?.literal === script));
}

/** Notes what a command brings by what stands in it before `end`, an offset into the script. */
function bring(brought: Brought, { analysis }: LintedBlock, command: Command, end: number): void {
  const calls = command.calls.filter((call) => call.start < end);
  const text = analysis.script.slice(command.start, end);
  const fetches = calls.some(({ program }) => fetchers.has(program));
  brought.fetched ||= fetches;
  if (!fetches && !text.includes(">") && !calls.some(({ program }) => makers.has(program))) return;
  for (const word of text.split(/[^\w.-]+/)) brought.names.add(word);
}

/** The absolute paths of the scripts that blocks run. */
export function scriptPaths(blocks: readonly LintedBlock[], input: LintInput): string[] {
  return blocks.flatMap((linted) => neededScripts(linted, input).map(({ path }) => path));
}

function neededScripts(linted: LintedBlock, input: LintInput): NeededScript[] {
  // Without a folder, relative scripts cannot be looked for; a folder that nobody has stands for it to tell them.
  const nowhere = "/\0";
  return scriptFiles(linted.analysis, input.directory ?? nowhere).flatMap((script): NeededScript[] => {
    if (script.path.startsWith(`${nowhere}/`) || /[<>{}$\0]/.test(script.name)) return [];
    if (!isSamplePath(script.path)) {
      const isOwn = input.directory !== null && script.path.startsWith(`${input.directory}/`);
      return [{ script, path: script.path, severity: isOwn || script.name.startsWith("..") ? "error" : "warning" }];
    }
    const path = mapSamplePath(script.path, input.paths);
    return path === null ? [] : [{ script, path, severity: "error" }];
  });
}

function problemOf(
  linted: LintedBlock,
  call: Call,
  { script, path, severity }: NeededScript,
  fetched: boolean,
): Problem {
  const at = linted.analysis.script.indexOf(script.name, call.start);
  const inside = at >= 0 && at < call.end;
  const place = inside ? linted.place(at, at + script.name.length) : linted.place(call.start, call.end);
  const next = fetched ? "Check that the steps before it bring it there." : "Correct the path, or the cd before it.";
  const message = `${script.name} does not exist (looked for ${path}). ${next}`;
  return { rule: "missing-script", severity: fetched ? "info" : severity, ...place, message, fixes: [] };
}
