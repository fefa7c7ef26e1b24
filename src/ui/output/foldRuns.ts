/** Lines that can be folded away, zero-based; the first stays. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/** The runs of a text of the language `podbook-output`, and in them the commands with what they printed. */
export function foldRuns(lines: readonly string[]): Fold[] {
  const folds: Fold[] = [];
  let run: number | undefined;
  let command: number | undefined;
  const close = (start: number | undefined, next: number) => {
    const end = lastWritten(lines, next - 1);
    if (start !== undefined && end > start) folds.push({ start, end });
  };
  for (const [index, line] of lines.entries()) {
    const begins =
      /^(?:\[\d+\] )?(▶|⏵|[✓✗■] (?:#\d+ )?(?:done|failed|killed|stopped|timed|interrupted|not started))/.exec(
        line,
      )?.[1];
    if (begins === undefined) continue;
    close(command, index);
    command = begins === "⏵" ? index : undefined;
    if (begins !== "▶") continue;
    close(run, index);
    run = index;
  }
  close(command, lines.length);
  close(run, lines.length);
  return folds.sort((one, other) => one.start - other.start);
}

function lastWritten(lines: readonly string[], from: number): number {
  let line = from;
  while (line > 0 && lines[line]?.trim() === "") line--;
  return line;
}
