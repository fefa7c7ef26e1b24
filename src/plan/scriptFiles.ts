import type { BlockAnalysis, Call } from "../shell/analysis.ts";

/** A script or program file that a block names by its path. */
export interface ScriptFile {
  /** As it is written. */
  readonly name: string;
  /** Absolute, with the `cd`s of the block before it followed. */
  readonly path: string;
  /** Zero-based line of its command in the block. */
  readonly line: number;
}

const shells = new Set(["bash", "sh", "zsh", "source", "."]);

/**
 * The script files that a block runs, as far as their paths are static. After a `cd` that cannot be followed, relative
 * paths are unknown and left out. Paths are POSIX paths.
 */
export function scriptFiles(analysis: BlockAnalysis, directory: string): ScriptFile[] {
  let at: string | null = directory;
  const files: ScriptFile[] = [];
  for (const command of analysis.commands) {
    for (const call of command.calls.filter(({ where }) => where === "here")) {
      if (call.program === "cd") at = afterCd(at, call);
      const name = scriptName(call);
      const path = name === null ? null : resolvePath(at, name);
      if (name !== null && path !== null) files.push({ name, path, line: command.line });
    }
  }
  return files;
}

/** Where a `cd` leads; null where that cannot be told. */
function afterCd(at: string | null, call: Call): string | null {
  const word = call.args.find((arg) => !arg.text.startsWith("-"));
  return call.args.length === 1 && word?.literal ? resolvePath(at, word.literal) : null;
}

function scriptName(call: Call): string | null {
  if (shells.has(call.program)) {
    const first = call.args[0]?.literal ?? null;
    return first !== null && !first.startsWith("-") && first.includes("/") ? first : null;
  }
  return call.program.includes("/") && !call.program.includes("$") ? call.program : null;
}

function resolvePath(at: string | null, path: string): string | null {
  if (path.startsWith("~")) return null;
  if (!path.startsWith("/") && at === null) return null;
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${at}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
