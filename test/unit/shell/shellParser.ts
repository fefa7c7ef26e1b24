import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import type { BlockAnalysis } from "../../../src/shell/analysis.ts";
import { testShellParser } from "../shellParser.ts";

/** One parser for the tests of a file. */
export const parser = await testShellParser();

/** The analysis of a block with nothing known besides. */
export function analyse(text: string, language = "bash"): BlockAnalysis {
  return analyseBlock(text, language, parser);
}
