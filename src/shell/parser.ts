import { Language, Parser } from "web-tree-sitter";
import { readSyntax, type Syntax } from "./syntax.ts";

/** Parses scripts; null where one is too large or too twisted to be parsed in reasonable time. */
export type Parse = (script: string) => Syntax | null;

/** Longer scripts are not written by people. */
const longest = 100_000;
/** More pipes and redirections than this, and the parser's own search for a reading takes too long to be stopped. */
const mostMarks = 2000;
/** How often tree-sitter may ask whether to go on; an ordinary block ends long before. */
const patience = 4000;
/** By the clock that it is given, in milliseconds. */
const longestTime = 300;

/** Parses bash. Keeps no memory of what it parsed. */
export class ShellParser {
  readonly #parser: Parser;
  readonly #now: () => number;

  constructor(parser: Parser, now: () => number) {
    this.#parser = parser;
    this.#now = now;
  }

  /** What parses a block and the scripts within it. All of them share the time that a block may take. */
  forBlock(): Parse {
    let asked = 0;
    let spent = 0;
    return (script) => {
      if (script.length > longest || spent > longestTime || countMarks(script) > mostMarks) return null;
      const start = this.#now();
      const isLate = () => ++asked > patience || this.#now() - start + spent > longestTime;
      const syntax = this.#parse(script, isLate);
      spent += this.#now() - start;
      return syntax;
    };
  }

  #parse(script: string, progressCallback: () => boolean): Syntax | null {
    try {
      const tree = this.#parser.parse(script, null, { progressCallback });
      if (!tree) {
        this.#parser.reset();
        return null;
      }
      try {
        return readSyntax(tree);
      } finally {
        tree.delete();
      }
    } catch {
      // A script on which the parser itself gives up is one that we cannot read; the caller says so.
      this.#parser.reset();
      return null;
    }
  }
}

function countMarks(script: string): number {
  return script.match(/[|<>]/g)?.length ?? 0;
}

/**
 * Makes the parser. The caller reads the bytes of `web-tree-sitter.wasm` and `tree-sitter-bash.wasm`; nothing is read
 * from disk here. One is enough for a whole process: the runtime is shared by all.
 * @param now a clock in milliseconds, best one of this thread's processor time: with it, a script that takes too long to
 * parse is given up
 * @throws what WebAssembly says where the bytes are not these modules.
 */
export async function createShellParser(
  runtimeWasm: Uint8Array,
  bashWasm: Uint8Array,
  now: () => number = () => 0,
): Promise<ShellParser> {
  await Parser.init({ wasmBinary: runtimeWasm });
  const parser = new Parser();
  parser.setLanguage(await Language.load(bashWasm));
  return new ShellParser(parser, now);
}
