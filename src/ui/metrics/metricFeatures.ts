import { type Disposable, languages, type Uri } from "vscode";
import type { CommandHandler } from "../commands/command.ts";
import { DashboardLenses } from "../lens/dashboardLenses.ts";
import { MetricLenses } from "../lens/metricLenses.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { DashboardCommands } from "./dashboardCommands.ts";
import { MetricCommands } from "./metricCommands.ts";
import type { MetricsAccess } from "./metricsAccess.ts";
import type { MetricsViewParts } from "./metricsPanel.ts";
import { MetricsView } from "./metricsView.ts";
import { MetricValues } from "./metricValues.ts";

/** What the metrics of runbooks are shown with. */
export interface MetricFeatureParts {
  readonly access: MetricsAccess;
  readonly runbooks: OpenRunbooks;
  /** The editor has drawn its first lenses. */
  readonly drawn: Promise<void>;
  readonly incident: MetricsViewParts["incident"];
  /** Where the extension's bundles are. */
  readonly dist: Uri;
  readonly onProblem: (error: unknown) => void;
}

const markdown = { language: "markdown" };

/** The queries and dashboards of runbooks: their lenses, commands and charts. */
export class MetricFeatures implements Disposable {
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #access: MetricsAccess;
  readonly #dashboardLenses: DashboardLenses;
  readonly #disposables: readonly Disposable[];

  constructor({ access, runbooks, drawn, incident, dist, onProblem }: MetricFeatureParts) {
    this.#access = access;
    const values = new MetricValues(access, drawn, onProblem);
    const metricLenses = new MetricLenses(runbooks, values);
    const view = new MetricsView({ metrics: access, incident, dist, onProblem });
    this.#dashboardLenses = new DashboardLenses(runbooks);
    const { credentials } = access;
    const dashboards = new DashboardCommands({ runbooks, credentials, incident: () => incident.current });
    this.handlers = { ...new MetricCommands(access).handlers, ...dashboards.handlers, ...view.handlers };
    this.#disposables = [
      view,
      metricLenses,
      this.#dashboardLenses,
      values,
      languages.registerCodeLensProvider(markdown, metricLenses),
      languages.registerCodeLensProvider(markdown, this.#dashboardLenses),
    ];
  }

  /** Looks at everything anew, as when the settings have changed. */
  refresh(): void {
    this.#access.refresh();
    this.#dashboardLenses.refresh();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
