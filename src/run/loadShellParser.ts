import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createShellParser, type ShellParser } from "../shell/parser.ts";
import { processorClock } from "./processorClock.ts";

/** Makes the shell parser from the two WebAssembly files that the build puts into a folder. */
export async function loadShellParser(folder: string): Promise<ShellParser> {
  const [runtime, bash] = await Promise.all(
    ["web-tree-sitter.wasm", "tree-sitter-bash.wasm"].map((file) => readFile(join(folder, file))),
  );
  if (!runtime || !bash) throw new Error("The shell parser's files are missing.");
  return createShellParser(runtime, bash, processorClock);
}
