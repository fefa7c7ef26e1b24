/** Lines that can be folded away, zero-based; the first stays. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/** A line at which something begins or ends in a text of the language `podbook-output`. */
export interface FoldMark {
  readonly line: number;
  readonly kind: "run" | "command" | "end";
}

const marks = /^(?:\[\d+\] )?(?:(▶)|(⏵)|[✓✗■] (?:#\d+ )?(?:done|failed|killed|stopped|timed|interrupted|not started))/;

/** What a line is for folding; undefined for most. */
export function foldMark(text: string, line: number): FoldMark | undefined {
  const found = marks.exec(text);
  return found ? { line, kind: found[1] ? "run" : found[2] ? "command" : "end" } : undefined;
}

/** The runs of a text, and in them the commands with what they printed; `lastWritten` gives the last line that is not blank, up to one. */
export function foldRuns(marks: readonly FoldMark[], lineCount: number, lastWritten: (line: number) => number): Fold[] {
  const folds: Fold[] = [];
  let run: number | undefined;
  let command: number | undefined;
  const close = (start: number | undefined, next: number) => {
    const end = lastWritten(next - 1);
    if (start !== undefined && end > start) folds.push({ start, end });
  };
  for (const { line, kind } of marks) {
    close(command, line);
    command = kind === "command" ? line : undefined;
    if (kind !== "run") continue;
    close(run, line);
    run = line;
  }
  close(command, lineCount);
  close(run, lineCount);
  return folds.sort((one, other) => one.start - other.start);
}
