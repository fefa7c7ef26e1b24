import { setImmediate } from "node:timers/promises";
import {
  type CancellationToken,
  type FoldingContext,
  FoldingRange,
  type FoldingRangeProvider,
  type TextDocument,
} from "vscode";
import { type FoldMark, foldMark, foldRuns } from "./foldRuns.ts";

/** So many lines are looked at before others have their turn: an output can have a million. */
const linesAtOnce = 10_000;

/** Folds runs and commands in opened outputs. In the output panel itself VS Code switches folding off. */
export class OutputFolding implements FoldingRangeProvider {
  async provideFoldingRanges(
    document: TextDocument,
    _context: FoldingContext,
    token: CancellationToken,
  ): Promise<FoldingRange[]> {
    if (document.uri.scheme === "output") return [];
    const marks: FoldMark[] = [];
    const { lineCount, version } = document;
    for (let line = 0; line < lineCount; line++) {
      if (line % linesAtOnce === 0) await setImmediate();
      if (token.isCancellationRequested || document.version !== version) return [];
      const mark = foldMark(document.lineAt(line).text, line);
      if (mark) marks.push(mark);
    }
    const lastWritten = (from: number) => {
      let line = from;
      while (line > 0 && document.lineAt(line).isEmptyOrWhitespace) line--;
      return line;
    };
    return foldRuns(marks, lineCount, lastWritten).map(({ start, end }) => new FoldingRange(start, end));
  }
}
