import manifest from "../../package.json" with { type: "json" };
import { loadShellParser } from "../run/loadShellParser.ts";
import type { ShellParser } from "../shell/parser.ts";
import { checkSource, type Report } from "./check.ts";
import { CliError } from "./cliError.ts";
import { type Asked, readCommandLine } from "./commandLine.ts";
import { describeRunbook } from "./describeRunbook.ts";
import { formatReports } from "./formats.ts";
import { help } from "./help.ts";
import { inspectSource } from "./inspect.ts";
import { readSource, type Source } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs a command line and gives its exit status: 0, 1 where `check` finds errors, 2 where something could not be done; and
 * of `run`, the block's own.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(readCommandLine(args), terminal);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    terminal.complain(`podbook: ${error.message}\n`);
    return 2;
  }
}

async function run(asked: Asked, terminal: Terminal): Promise<number> {
  switch (asked.command) {
    case "help":
      terminal.write(help);
      return 0;
    case "version":
      terminal.write(`${manifest.version}\n`);
      return 0;
    case "inspect": {
      const { results, failed } = await eachFile(asked.files, terminal, async (source) => ({
        source,
        item: await inspectSource(source),
      }));
      const items = results.map(({ item }) => item);
      terminal.write(asked.json ? `${JSON.stringify(items, null, 2)}\n` : items.map(describeRunbook).join("\n"));
      return failed ? 2 : 0;
    }
    case "check": {
      const check = (source: Source) => checkSource(source, asked, terminal.directory);
      const { results, failed } = await eachFile<Report>(asked.files, terminal, check);
      terminal.write(formatReports(results, asked.format));
      if (failed) return 2;
      return results.some(({ problems }) => problems.some(({ severity }) => severity === "error")) ? 1 : 0;
    }
    case "run": {
      const parser = await shellParser(terminal.wasmFolder);
      const source = await readSource(asked.file, parser, terminal);
      // What only this needs, and what talks to the cluster above all, is loaded here.
      const { runFile } = await import("./run/runFile.ts");
      return runFile({ asked, source, parser, terminal });
    }
  }
}

/** Does something with every file; files that cannot be read are complained of, and the others are done all the same. */
async function eachFile<Result>(
  files: readonly string[],
  terminal: Terminal,
  use: (source: Source) => Promise<Result>,
): Promise<{ results: Result[]; failed: boolean }> {
  const parser = await shellParser(terminal.wasmFolder);
  const results: Result[] = [];
  let failed = false;
  for (const file of files) {
    try {
      results.push(await use(await readSource(file, parser, terminal)));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      terminal.complain(`podbook: ${error.message}\n`);
      failed = true;
    }
  }
  return { results, failed };
}

async function shellParser(folder: string): Promise<ShellParser> {
  try {
    return await loadShellParser(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError("no-parser", `the shell parser cannot be loaded: ${why}. Build Podbook anew (npm run build).`);
  }
}
