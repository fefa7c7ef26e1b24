import type { Block } from "../runbook/runbook.ts";
import { lineAt, lineStarts } from "./documentLines.ts";
import type { Place } from "./problem.ts";

/** A place in the document, and whether it holds exactly what the script holds there: only then it can be edited. */
export interface FoundPlace {
  readonly place: Place;
  readonly exact: boolean;
}

/** Where a line of the script begins in its line of the document: `shift` is added to a column that is at least `from`. */
interface LineShift {
  readonly shift: number;
  readonly from: number;
  readonly exact: boolean;
}

/**
 * Finds stretches of a block's script in the document: the script has no prompts, the block's text has no indentation of
 * lists and no marks of quotes, and CommonMark turns some tabs into spaces.
 */
export class BlockPlaces {
  readonly #lines: readonly string[];
  readonly #first: number;
  readonly #texts: readonly string[];
  readonly #script: string;
  readonly #starts: readonly number[];
  readonly #shifts = new Map<number, LineShift>();

  constructor(lines: readonly string[], block: Block, script: string) {
    this.#lines = lines;
    this.#first = block.line + 1;
    this.#texts = block.text.split("\n");
    this.#script = script;
    this.#starts = lineStarts(script);
  }

  /** The place of the script from `start` to `end`. */
  find(start: number, end: number): FoundPlace {
    const from = this.#locate(start);
    const to = this.#locate(Math.max(start, end));
    const place = { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    return { place, exact: from.exact && to.exact };
  }

  /** The place of a line of the script, without the blanks around it. */
  findLine(line: number): Place {
    const start = this.#starts[line] ?? this.#script.length;
    const text = this.#script.slice(start, (this.#starts[line + 1] ?? this.#script.length + 1) - 1);
    const before = text.length - text.trimStart().length;
    return this.find(start + before, start + Math.max(before, text.trimEnd().length)).place;
  }

  #locate(offset: number): { line: number; column: number; exact: boolean } {
    const inScript = lineAt(this.#starts, offset);
    const line = this.#first + inScript;
    const column = offset - (this.#starts[inScript] ?? 0);
    const { shift, from, exact } = this.#shiftOf(inScript);
    const length = this.#lines[line]?.length ?? 0;
    const found = Math.max(column, from) + shift;
    return { line, column: Math.min(Math.max(found, 0), length), exact: exact && column >= from && found <= length };
  }

  #shiftOf(line: number): LineShift {
    const known = this.#shifts.get(line);
    if (known) return known;
    const script = this.#script.slice(this.#starts[line], (this.#starts[line + 1] ?? this.#script.length + 1) - 1);
    const shift = shiftBetween(script, this.#texts[line] ?? "", this.#lines[this.#first + line] ?? "");
    this.#shifts.set(line, shift);
    return shift;
  }
}

function shiftBetween(script: string, text: string, written: string): LineShift {
  const line = written.replaceAll("\0", "\uFFFD");
  // A prompt is cut off in front; a line of expected output is blank in the script.
  if (script.trim() !== "" && text.endsWith(script) && line.endsWith(script)) {
    return { shift: line.length - script.length, from: 0, exact: true };
  }
  const core = script.trimStart();
  const from = script.length - core.length;
  const at = core === "" ? -1 : line.lastIndexOf(core);
  if (at >= 0) return { shift: at - from, from, exact: true };
  return { shift: line.length - line.trimStart().length, from: 0, exact: false };
}
