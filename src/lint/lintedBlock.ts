import type { Block } from "../runbook/runbook.ts";
import type { BlockAnalysis, Call, Word } from "../shell/analysis.ts";
import { type KubectlCall, readKubectl } from "../shell/kubectlCall.ts";
import { BlockPlaces } from "./blockPlaces.ts";
import type { Edit, Fix, Place } from "./problem.ts";

/** A kubectl (or oc) call of a block. */
export interface KubectlUse {
  readonly call: Call;
  readonly said: KubectlCall;
}

/** A replacement of a stretch of a block's script, as offsets. */
export interface ScriptEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A block with all that rules ask of it. */
export class LintedBlock {
  readonly block: Block;
  readonly analysis: BlockAnalysis;
  readonly calls: readonly Call[];
  readonly kubectl: readonly KubectlUse[];
  readonly #places: BlockPlaces;

  constructor(lines: readonly string[], block: Block, analysis: BlockAnalysis) {
    this.block = block;
    this.analysis = analysis;
    this.calls = analysis.commands.flatMap((command) => command.calls);
    this.kubectl = this.calls.flatMap((call) => {
      const said = call.program === "kubectl" || call.program === "oc" ? readKubectl(call.args) : null;
      return said ? [{ call, said }] : [];
    });
    this.#places = new BlockPlaces(lines, block, analysis.script);
  }

  /** Where a stretch of the script stands in the document. */
  place(start: number, end: number): Place {
    return this.#places.find(start, end).place;
  }

  /** Where a line of the block, zero-based, stands in the document. */
  placeOfLine(line: number): Place {
    return this.#places.findLine(line);
  }

  /** A fix from replacements in the script; none where they cannot be made in the document as it is written. */
  fix(title: string, edits: readonly ScriptEdit[]): Fix[] {
    const found = edits.map(({ start, end, newText }): Edit | null => {
      const { place, exact } = this.#places.find(start, end);
      return exact ? { ...place, newText } : null;
    });
    const whole = found.filter((edit) => edit !== null);
    return whole.length === edits.length ? [{ title, edits: whole }] : [];
  }

  /** Whether a word stands in the script as it says, and not inside a quoted script of its own. */
  isWritten(word: Word): boolean {
    return this.analysis.script.slice(word.start, word.end) === word.text;
  }

  /** Whether a placeholder stands in this stretch of the script. */
  hasPlaceholder(start: number, end: number): boolean {
    const { placeholders } = this.analysis;
    let low = 0;
    let high = placeholders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((placeholders[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return (placeholders[low]?.start ?? end) < end;
  }

  /** The replacement of `value` where a word ends with it, quoted or not; null where the word is written otherwise. */
  replaceIn(word: Word, value: string, newText: string): ScriptEdit | null {
    const at = word.text.lastIndexOf(value);
    if (!this.isWritten(word) || value === "" || at < 0 || !/^["']?$/.test(word.text.slice(at + value.length)))
      return null;
    return { start: word.start + at, end: word.start + at + value.length, newText };
  }
}
