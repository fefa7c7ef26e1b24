import { ProgressLocation, type QuickPickItem, type TextDocument, Uri, window, workspace } from "vscode";
import type { FollowedBlock } from "../../runbook/followBlocks.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { RunSequence, Sequence } from "../runSequence.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import { messageText } from "../shownText.ts";
import type { CommandHandler } from "./command.ts";

/** A part of a runbook with blocks in it: a section or a scenario. Lines are zero-based. */
interface RunbookPart {
  readonly title: string;
  readonly line: number;
  readonly endLine: number;
}

/** What the commands on several blocks need. */
export interface SequenceCommandParts {
  readonly runbooks: OpenRunbooks;
  readonly analysis: ShellAnalysis;
  readonly run: RunSequence;
}

/** Run the blocks of a section or a scenario, or all that only read, one after the other. */
export class SequenceCommands {
  readonly #parts: SequenceCommandParts;

  constructor(parts: SequenceCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.runSection": this.runSection,
      "podbook.runScenario": this.runScenario,
      "podbook.runAllReads": this.runAllReads,
    };
  }

  /** Arguments: the document's URI and the line of the section's heading; from the palette, the section at the cursor. */
  readonly runSection: CommandHandler = async (uri, line) =>
    this.#runPart(uri, line, ({ sections }) => sections, "section");

  /** Arguments as the lens over a scenario gives them; from the palette, the scenario at the cursor, or one that is picked. */
  readonly runScenario: CommandHandler = async (uri, line) =>
    this.#runPart(uri, line, ({ scenarios }) => scenarios, "scenario");

  readonly runAllReads: CommandHandler = async () => {
    const document = activeRunbook();
    const blocks = document && this.#parts.runbooks.blocks(document);
    if (!document || !blocks || blocks.length === 0) {
      await window.showInformationMessage("Open a runbook with shell blocks to run its reads.");
      return;
    }
    const reads: FollowedBlock[] = [];
    for (const followed of blocks) if (await this.#onlyReads(followed)) reads.push(followed);
    const left = blocks.length - reads.length;
    const note =
      left === 0 ? "" : `${left} ${left === 1 ? "block that does" : "blocks that do"} more than read left out.`;
    await this.#run(document, { title: "All reads", blocks: reads, note });
  };

  async #runPart(
    uri: unknown,
    line: unknown,
    partsOf: (runbook: Runbook) => readonly RunbookPart[],
    what: "section" | "scenario",
  ): Promise<void> {
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : activeRunbook();
    if (!document) {
      await window.showInformationMessage(`Open a runbook to run a ${what}.`);
      return;
    }
    const parts = partsOf(this.#parts.runbooks.runbook(document)).filter(
      (part) => this.#within(document, part).length > 0,
    );
    const at = typeof line === "number" ? line : (window.activeTextEditor?.selection.active.line ?? -1);
    const part = innermost(parts, at) ?? (await pickPart(parts, what));
    if (part) await this.#run(document, { title: part.title, blocks: this.#within(document, part), note: "" });
  }

  #within(document: TextDocument, { line, endLine }: RunbookPart): FollowedBlock[] {
    return this.#parts.runbooks.blocks(document).filter(({ block }) => line <= block.line && block.line <= endLine);
  }

  async #onlyReads({ block }: FollowedBlock): Promise<boolean> {
    const { kind, commands, syntaxErrors } = await this.#parts.analysis.analyse(block.text, block.language);
    return kind === "shell" && syntaxErrors.length === 0 && commands.every(({ effect }) => effect === "read");
  }

  async #run(document: TextDocument, sequence: Sequence): Promise<void> {
    await window.withProgress(
      { location: ProgressLocation.Notification, title: messageText(sequence.title), cancellable: true },
      (progress, cancelled) =>
        this.#parts.run.run(document, sequence, {
          say: (message) => progress.report({ message }),
          onCancel: (stop) => cancelled.onCancellationRequested(stop),
        }),
    );
  }
}

/** The smallest part that a line stands in. */
function innermost(parts: readonly RunbookPart[], at: number): RunbookPart | undefined {
  const around = parts.filter(({ line, endLine }) => line <= at && at <= endLine);
  return around.sort((one, other) => one.endLine - one.line - (other.endLine - other.line))[0];
}

async function pickPart(parts: readonly RunbookPart[], what: string): Promise<RunbookPart | undefined> {
  if (parts.length === 0) {
    await window.showInformationMessage(`This runbook has no ${what} with shell blocks.`);
    return undefined;
  }
  const items = parts.map((part): QuickPickItem & { part: RunbookPart } => ({ label: part.title, part }));
  return (await window.showQuickPick(items, { title: `Run which ${what}?` }))?.part;
}
