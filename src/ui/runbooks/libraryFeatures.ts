import { type Disposable, window, workspace } from "vscode";
import type { RunJournal } from "../../journal/runRecord.ts";
import type { BlockCommands } from "../commands/blockCommands.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { PodsTargets } from "../pods/podsTargets.ts";
import type { LastRecoveries } from "../scenario/lastRecoveries.ts";
import { runbookPatterns } from "../settings.ts";
import { LastRuns } from "./lastRuns.ts";
import { OpenRunbookParts, showPart } from "./openRunbookParts.ts";
import { RunbookLibrary } from "./runbookLibrary.ts";
import type { RunbooksRow } from "./runbookRows.ts";
import { RunbooksView } from "./runbooksView.ts";

/** What the features of a workspace's runbooks need. */
export interface LibraryFeatureParts {
  readonly pods: PodsTargets;
  readonly journal: RunJournal;
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly blocks: BlockCommands;
  readonly recoveries: LastRecoveries;
  readonly startScenario: CommandHandler;
  readonly onProblem: (error: unknown) => void;
}

/** The runbooks of the workspace: their view, the choice of a scenario, and the links of alerts. */
export class LibraryFeatures implements Disposable {
  readonly #parts: LibraryFeatureParts;
  readonly #library: RunbookLibrary;
  readonly #openParts: OpenRunbookParts;
  readonly #disposables: readonly Disposable[];

  constructor(parts: LibraryFeatureParts) {
    const { pods, runbooks, recoveries, onProblem } = parts;
    this.#parts = parts;
    this.#library = new RunbookLibrary(runbookPatterns, runbooks, onProblem);
    this.#openParts = new OpenRunbookParts(pods, runbooks, onProblem);
    const lastRuns = new LastRuns(parts);
    const view = new RunbooksView({ library: this.#library, pods, lastRuns, recoveries });
    this.#disposables = [view, lastRuns, this.#library, this.#openParts];
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.openScenario": this.#openParts.openScenario,
      "podbook.openRunbookRow": this.#openRow,
      "podbook.runRunbookRow": this.#runRow,
      "podbook.startScenarioRow": this.#startRow,
    };
  }

  /** Reads the runbooks anew, as when the settings have changed. */
  refresh(): void {
    this.#library.restart();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  readonly #openRow: CommandHandler = async (given) => {
    const row = given as RunbooksRow;
    await showPart(row.uri, row.kind === "block" ? row.block.line : row.kind === "part" ? row.part.line : 0);
  };

  readonly #runRow: CommandHandler = async (given) => {
    const row = given as RunbooksRow;
    const document = await workspace.openTextDocument(row.uri);
    const found = this.#parts.runbooks.blocks(document);
    const followed = row.kind === "block" ? found.find(({ block }) => block.id === row.block.id) : undefined;
    if (followed) await this.#parts.blocks.run(document, followed, "block");
    else await window.showWarningMessage("Not run: this block is no longer in the runbook.");
  };

  readonly #startRow: CommandHandler = async (given) => {
    const row = given as RunbooksRow;
    if (row.kind === "part") await this.#parts.startScenario(row.uri, row.part.line);
  };
}
