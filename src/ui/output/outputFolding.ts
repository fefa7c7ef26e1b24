import { FoldingRange, type FoldingRangeProvider, type TextDocument } from "vscode";
import { foldRuns } from "./foldRuns.ts";

/** Folds runs and commands in opened outputs. In the output panel itself VS Code switches folding off. */
export class OutputFolding implements FoldingRangeProvider {
  provideFoldingRanges(document: TextDocument): FoldingRange[] {
    if (document.uri.scheme === "output") return [];
    return foldRuns(document.getText().split("\n")).map(({ start, end }) => new FoldingRange(start, end));
  }
}
