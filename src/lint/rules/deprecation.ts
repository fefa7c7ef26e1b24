import type { Word } from "../../shell/analysis.ts";
import type { LintedBlock } from "../lintedBlock.ts";
import type { Fix } from "../problem.ts";

/** A deprecated form in a block's script. */
export interface Deprecation {
  /** Offset into the script. */
  readonly start: number;
  /** Offset into the script, behind the last character. */
  readonly end: number;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A deprecation at a word, which may be replaced by another text, or removed with the blanks before it. */
export function atWord(linted: LintedBlock, word: Word, message: string, newText?: string): Deprecation {
  const { start, end } = word;
  if (newText === undefined || !linted.isWritten(word)) return { start, end, message, fixes: [] };
  if (newText !== "") {
    return { start, end, message, fixes: linted.fix(`Replace ${word.text} by ${newText}`, [{ start, end, newText }]) };
  }
  const before = linted.analysis.script.slice(Math.max(0, start - 40), start);
  const from = start - (before.length - before.trimEnd().length);
  return { start, end, message, fixes: linted.fix(`Leave out ${word.text}`, [{ start: from, end, newText: "" }]) };
}
