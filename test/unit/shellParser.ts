import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { processorClock } from "../../src/run/processorClock.ts";
import { createShellParser, type ShellParser } from "../../src/shell/parser.ts";

/** The shell parser from the packages themselves, for tests that have no build. */
export function testShellParser(now: () => number = processorClock): Promise<ShellParser> {
  const require = createRequire(import.meta.url);
  return createShellParser(
    readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")),
    now,
  );
}
