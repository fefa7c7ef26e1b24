import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { type Runbook, readRunbook } from "../runbook/runbook.ts";
import { analyseBlock } from "../shell/analyseBlock.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";
import type { ShellParser } from "../shell/parser.ts";
import { CliError } from "./cliError.ts";
import type { Terminal } from "./terminal.ts";

/** A runbook file, read and understood. */
export interface Source {
  /** As it was named on the command line. */
  readonly file: string;
  readonly text: string;
  /** Absolute; null for standard input. */
  readonly path: string | null;
  /** Absolute folder that its relative links start from. */
  readonly directory: string;
  readonly runbook: Runbook;
  /** Of each block, in their order. */
  readonly analyses: readonly BlockAnalysis[];
}

/**
 * Reads a runbook file.
 * @throws CliError `unreadable`
 */
export async function readSource(file: string, parser: ShellParser, terminal: Terminal): Promise<Source> {
  const content = await readText(file, terminal);
  const runbook = readRunbook(content);
  const analyses = runbook.blocks.map((block) => analyseBlock(block.text, block.language, parser));
  const path = file === "-" ? null : resolve(terminal.directory, file);
  const directory = path === null ? terminal.directory : dirname(path);
  return { file, text: content, path, directory: directory.replaceAll("\\", "/"), runbook, analyses };
}

async function readText(file: string, { directory, stdin }: Terminal): Promise<string> {
  try {
    const content = file === "-" ? await text(stdin) : await readFile(resolve(directory, file), "utf8");
    return content.replace(/^\uFEFF/, "");
  } catch (error) {
    throw new CliError("unreadable", `${file}: ${whyUnreadable(error)}`);
  }
}

function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "there is no such file.";
  if (code === "EISDIR") return "this is a folder. Name its files, as in podbook check docs/*.md.";
  if (code === "EACCES" || code === "EPERM") return "you may not read this file.";
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
