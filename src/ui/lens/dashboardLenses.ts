import { CodeLens, EventEmitter, Range, type TextDocument } from "vscode";
import { baseUrl } from "../../http/baseUrl.ts";
import { grafanaUrl } from "../settings.ts";
import { shownText } from "../shownText.ts";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** Over each dashboard that a runbook names: a way to it. */
export class DashboardLenses implements LensProvider {
  readonly #runbooks: OpenRunbooks;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(runbooks: OpenRunbooks) {
    this.#runbooks = runbooks;
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { dashboards, blocks } = this.#runbooks.runbook(document);
    if (blocks.length === 0) return [];
    const known = baseUrl(grafanaUrl()) !== null;
    return dashboards.map(({ line, title, url }) => {
      const ready = known || url !== null;
      return new CodeLens(new Range(line, 0, line, 0), {
        title: ready ? "$(graph-line) Open in Grafana" : "$(gear) Set podbook.grafana.url to open it",
        tooltip: ready
          ? `${shownText(title, 200)}, at the time of the incident, else the last hour`
          : "Your team's Grafana",
        command: "podbook.openDashboard",
        arguments: [document.uri, line],
      });
    });
  }

  /** Makes them anew, as when the settings have changed. */
  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
