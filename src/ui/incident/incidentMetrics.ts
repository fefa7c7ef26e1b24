import { type Event, ProgressLocation, Uri, window, workspace } from "vscode";
import type { IncidentEntry } from "../../incident/entry.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { AskedMetrics, AskedQueries } from "../metrics/askedMetrics.ts";
import { type IncidentCharts, incidentCharts } from "./incidentCharts.ts";

/** The way to the queries of one runbook. */
export interface RunbookQueries {
  /** Null where the runbook has none, and where the folder is not trusted. @throws PrometheusError */
  readonly load: () => Promise<AskedQueries | null>;
  readonly onDidChange: Event<void>;
}

/** The way to the metrics of incidents' runbooks. */
export class IncidentMetrics {
  readonly #metrics: AskedMetrics;
  readonly #runbooks: OpenRunbooks;

  constructor(metrics: AskedMetrics, runbooks: OpenRunbooks) {
    this.#metrics = metrics;
    this.#runbooks = runbooks;
  }

  /** Those of a runbook; null without one. */
  of(runbook: Uri | null): RunbookQueries | null {
    const metrics = this.#metrics;
    if (!runbook) return null;
    const load = async () => {
      if (!workspace.isTrusted) return null;
      const document = await workspace.openTextDocument(runbook);
      return this.#runbooks.runbook(document).metrics.length === 0 ? null : metrics.of(document);
    };
    return { load, onDidChange: metrics.onDidChange };
  }

  /** The charts of an incident, whose entries are in order; null where there are none to be had. */
  async charts(entries: readonly IncidentEntry[], runbook: string | null): Promise<IncidentCharts | null> {
    const queries = this.of(runbook === null ? null : Uri.parse(runbook));
    if (!queries) return null;
    const title = "Asking for the metrics of the incident";
    return window.withProgress({ location: ProgressLocation.Window, title }, () =>
      incidentCharts(entries, queries.load),
    );
  }
}
