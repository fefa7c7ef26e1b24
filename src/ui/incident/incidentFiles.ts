import { Uri, window, workspace } from "vscode";
import { type IncidentEntry, mergeEntries } from "../../incident/entry.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { IncidentMetrics } from "./incidentMetrics.ts";
import { runbookOf } from "./incidentRunbook.ts";
import { pickPastIncident } from "./pastIncidents.ts";
import { pickIncidentFiles } from "./pickIncidentFiles.ts";
import { showReport } from "./showReport.ts";

/** What the files of incidents are made and read with. */
export interface IncidentFileParts {
  readonly runbooks: OpenRunbooks;
  readonly metrics: IncidentMetrics;
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
    const past = () => pickPastIncident(this.#parts.folder, "Export which incident?");
    const entries = going ? mergeEntries(going.entries) : await past();
    if (!entries) return;
    const content = `${JSON.stringify(entries, null, 2)}\n`;
    await window.showTextDocument(await workspace.openTextDocument({ language: "json", content }));
  };

  /** Makes one report of the file of this incident and those that colleagues have kept of it. */
  readonly merge: CommandHandler = async () => {
    const files = await pickIncidentFiles(this.#parts.folder);
    if (files.length === 0) return;
    const going = this.#parts.going();
    const entries = mergeEntries(...(going ? [going.entries] : []), ...files);
    await this.report(entries, going?.runbook ?? (await runbookOf(entries)));
  };

  /** Writes the report of an incident and shows it; `runbook` is a URI. */
  async report(entries: readonly IncidentEntry[], runbook: string | null): Promise<void> {
    const { runbooks, metrics } = this.#parts;
    const document = runbook === null ? null : await workspace.openTextDocument(Uri.parse(runbook));
    const charts = await metrics.charts(mergeEntries(entries), runbook);
    await showReport(entries, document && { uri: document.uri, ...runbooks.runbook(document) }, charts);
  }
}
