import { type Disposable, languages } from "vscode";
import type { IncidentEntry } from "../../incident/entry.ts";
import type { CommandHandler } from "../commands/command.ts";
import { DashboardLenses } from "../lens/dashboardLenses.ts";
import { MetricLenses } from "../lens/metricLenses.ts";
import { DashboardCommands } from "./dashboardCommands.ts";
import { MetricCommands } from "./metricCommands.ts";
import { MetricsAccess, type MetricsAccessParts } from "./metricsAccess.ts";
import { MetricValues } from "./metricValues.ts";

/** What the metrics of runbooks need. */
export interface MetricFeatureParts extends MetricsAccessParts {
  /** The editor has drawn its first lenses. */
  readonly drawn: Promise<void>;
  /** The entries of the incident that is going on; undefined where none is. */
  readonly incident: () => readonly IncidentEntry[] | undefined;
}

const markdown = { language: "markdown" };

/** The queries and dashboards of runbooks: their lenses and commands, and the way to Prometheus. */
export class MetricFeatures implements Disposable {
  readonly access: MetricsAccess;
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #dashboardLenses: DashboardLenses;
  readonly #disposables: readonly Disposable[];

  constructor(parts: MetricFeatureParts) {
    const { runbooks, drawn, incident, onProblem } = parts;
    this.access = new MetricsAccess(parts);
    const values = new MetricValues(this.access, drawn, onProblem);
    const metricLenses = new MetricLenses(runbooks, values);
    this.#dashboardLenses = new DashboardLenses(runbooks);
    const dashboards = new DashboardCommands({ runbooks, credentials: this.access.credentials, incident });
    this.handlers = { ...new MetricCommands(this.access).handlers, ...dashboards.handlers };
    this.#disposables = [
      metricLenses,
      this.#dashboardLenses,
      values,
      this.access,
      languages.registerCodeLensProvider(markdown, metricLenses),
      languages.registerCodeLensProvider(markdown, this.#dashboardLenses),
    ];
  }

  /** Looks at everything anew, as when the settings have changed. */
  refresh(): void {
    this.access.refresh();
    this.#dashboardLenses.refresh();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
