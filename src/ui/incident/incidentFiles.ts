import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Uri, window, workspace } from "vscode";
import { type IncidentEntry, mergeEntries } from "../../incident/entry.ts";
import { readEntries } from "../../incident/readEntry.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { messageText } from "../shownText.ts";
import { runbookOf } from "./incidentRunbook.ts";
import { pastIncidents, pickIncident } from "./pastIncidents.ts";
import { showReport } from "./showReport.ts";

/** What the files of incidents are made and read with. */
export interface IncidentFileParts {
  readonly runbooks: OpenRunbooks;
  /** Where incidents are kept, absolute. */
  readonly folder: string;
  /** The incident that is going on, with the URI of its runbook. */
  readonly going: () => { readonly entries: readonly IncidentEntry[]; readonly runbook: string | null } | undefined;
}

/** What leaves an incident as a file, or comes from one: its report, its export, and the files of colleagues. */
export class IncidentFiles {
  readonly #parts: IncidentFileParts;

  constructor(parts: IncidentFileParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.exportIncident": this.export, "podbook.mergeIncident": this.merge };
  }

  readonly export: CommandHandler = async () => {
    const going = this.#parts.going();
    const entries = going ? mergeEntries(going.entries) : await this.#pickPast("Export which incident?");
    if (!entries) return;
    const content = `${JSON.stringify(entries, null, 2)}\n`;
    await window.showTextDocument(await workspace.openTextDocument({ language: "json", content }));
  };

  /** Makes one report of the file of this incident and those that colleagues have kept of it. */
  readonly merge: CommandHandler = async () => {
    const picked = await window.showOpenDialog({
      title: "Which files have been kept of this incident?",
      canSelectMany: true,
      filters: { "Incident files": ["jsonl", "json"] },
      defaultUri: Uri.file(this.#parts.folder),
    });
    if (!picked || picked.length === 0) return;
    const texts = await Promise.all(picked.map(({ fsPath }) => readFile(fsPath, "utf8")));
    const files = texts.map(readEntries);
    const empty = picked.find((_, index) => files[index]?.length === 0);
    if (empty) {
      const none = `${basename(empty.fsPath)} holds no entry of an incident: nothing was merged.`;
      await window.showWarningMessage(messageText(none));
      return;
    }
    const going = this.#parts.going();
    const entries = mergeEntries(...(going ? [going.entries] : []), ...files);
    await this.report(entries, going?.runbook ?? (await runbookOf(entries)));
  };

  /** Writes the report of an incident and shows it; `runbook` is a URI. */
  async report(entries: readonly IncidentEntry[], runbook: string | null): Promise<void> {
    const document = runbook === null ? null : await workspace.openTextDocument(Uri.parse(runbook));
    await showReport(entries, document && { uri: document.uri, ...this.#parts.runbooks.runbook(document) });
  }

  async #pickPast(title: string): Promise<IncidentEntry[] | undefined> {
    const past = await pastIncidents(this.#parts.folder, null);
    if (past.length === 0) await window.showInformationMessage("There was no incident yet: start one first.");
    return pickIncident(past, title);
  }
}
