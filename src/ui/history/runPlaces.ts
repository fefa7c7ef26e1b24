import { basename, dirname } from "node:path";
import { type TextDocument, window } from "vscode";
import type { RunJournal } from "../../journal/runRecord.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { OutputPanel, PanelRun } from "../output/outputPanel.ts";

/** What tells which run stands where. */
export interface RunPlaceParts {
  readonly journal: RunJournal;
  readonly panel: OutputPanel;
  readonly runbooks: OpenRunbooks;
}

/** Finds the run that a place in the editor shows. */
export class RunPlaces {
  readonly #parts: RunPlaceParts;

  constructor(parts: RunPlaceParts) {
    this.#parts = parts;
  }

  /** The id of the run that a command means: by its number in the panel, else the one at the cursor. */
  async id([place]: readonly unknown[]): Promise<string | undefined> {
    if (typeof place === "number") return this.#parts.panel.run(place)?.id ?? undefined;
    const editor = window.activeTextEditor;
    if (!editor) return undefined;
    const { document, selection } = editor;
    const line = selection.active.line;
    if (document.languageId === "podbook-output") {
      return this.#inPanel(document, line)?.id ?? (document.uri.scheme === "file" ? idOf(document) : undefined);
    }
    const block = document.languageId === "markdown" ? this.#parts.runbooks.blockAt(document, line)?.block : undefined;
    return block && this.#ofBlock(document.uri.toString(), block.id);
  }

  /** The working directory of the run that a line of a document shows; `number` as the panel gives it. */
  async directory(document: TextDocument, number: number | null): Promise<string | undefined> {
    if (document.uri.scheme === "output") return number === null ? undefined : this.#parts.panel.run(number)?.directory;
    return document.uri.scheme === "file"
      ? (await this.#parts.journal.read(idOf(document)))?.start.directory
      : undefined;
  }

  /** The last head above a line of the panel, or what the line itself says. */
  #inPanel(document: TextDocument, from: number): PanelRun | undefined {
    if (document.uri.scheme !== "output") return undefined;
    for (let line = from; line >= 0; line--) {
      const text = document.lineAt(line).text;
      const number = /^▶ \S+ #(\d+) /.exec(text)?.[1] ?? (line === from ? /^\[(\d+)\] /.exec(text)?.[1] : undefined);
      if (number !== undefined) return this.#parts.panel.run(Number(number));
    }
    return undefined;
  }

  async #ofBlock(runbook: string, block: string): Promise<string | undefined> {
    const records = await this.#parts.journal.list();
    return records.find(({ start }) => start.origin.runbook === runbook && start.origin.block === block)?.start.id;
  }
}

/** A full output lies in the folder of its run. */
function idOf(document: TextDocument): string {
  return basename(dirname(document.uri.fsPath));
}
