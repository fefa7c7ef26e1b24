import { type Disposable, type TextDocument, Uri, window, workspace } from "vscode";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import { MetricsPanel, type MetricsViewParts } from "./metricsPanel.ts";

/** The Metrics view: one panel for each runbook whose metrics are looked at. */
export class MetricsView implements Disposable {
  readonly #parts: MetricsViewParts;
  readonly #panels = new Map<string, MetricsPanel>();

  constructor(parts: MetricsViewParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.openMetrics": this.open };
  }

  /** Arguments as a lens gives them: the document's URI, and a query as it is written in it; from the palette, none. */
  readonly open: CommandHandler = async (uri, written) => {
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : activeRunbook();
    if (!document) {
      await window.showInformationMessage("Open a runbook first: its queries are what is shown.");
      return;
    }
    this.#panel(document).reveal(typeof written === "string" ? written : undefined);
  };

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #panel(document: TextDocument): MetricsPanel {
    const key = document.uri.toString();
    const open = this.#panels.get(key);
    if (open) return open;
    const panel = new MetricsPanel(document, this.#parts);
    panel.onDidDispose(() => this.#panels.delete(key));
    this.#panels.set(key, panel);
    return panel;
  }
}
