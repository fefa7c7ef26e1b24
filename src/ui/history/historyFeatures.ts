import { type Disposable, languages, workspace } from "vscode";
import type { RunJournal, RunRecord } from "../../journal/runRecord.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { OutputFolding } from "../output/outputFolding.ts";
import { OutputLinks } from "../output/outputLinks.ts";
import type { OutputPanel } from "../output/outputPanel.ts";
import { RunComparison } from "./compareRuns.ts";
import { HistoryCommands } from "./historyCommands.ts";
import { RunPlaces } from "./runPlaces.ts";

/** What the features of outputs and past runs need. */
export interface HistoryFeatureParts {
  readonly journal: RunJournal;
  readonly panel: OutputPanel;
  readonly runbooks: OpenRunbooks;
  readonly runAgain: (record: RunRecord) => Promise<void>;
  /** For a person: how long runs are kept. */
  readonly keeps: () => string;
}

const language = "podbook-output";

/** Links and folding in outputs, and the commands on past runs. */
export class HistoryFeatures {
  readonly handlers: Readonly<Record<string, CommandHandler>>;
  readonly #disposables: readonly Disposable[];

  constructor(parts: HistoryFeatureParts) {
    const places = new RunPlaces(parts);
    const comparison = new RunComparison(parts.journal);
    const history = new HistoryCommands({ ...parts, comparison, runAt: (place) => places.id(place) });
    const links = new OutputLinks((document, run) => places.directory(document, run));
    this.handlers = {
      "podbook.showRuns": history.showRuns,
      "podbook.openFullOutput": history.openFullOutput,
      "podbook.copyRun": history.copyRun,
      "podbook.copyRunAsMarkdown": history.copyRunAsMarkdown,
    };
    this.#disposables = [
      comparison,
      languages.registerDocumentLinkProvider({ language }, links),
      languages.registerFoldingRangeProvider({ language }, new OutputFolding()),
      workspace.onDidChangeTextDocument(({ document }) => {
        const emptied = document.uri.scheme === "output" && document.lineCount === 1 && document.lineAt(0).text === "";
        if (emptied && document.languageId === language) parts.panel.forgetShown();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
