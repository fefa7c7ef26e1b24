import type { Disposable, Uri } from "vscode";
import type { CommandHandler } from "../commands/command.ts";
import type { AllLenses } from "../lens/allLenses.ts";
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
  readonly lenses: AllLenses;
  readonly incident: MetricsViewParts["incident"];
  /** Where the extension's bundles are. */
  readonly dist: Uri;
  readonly onProblem: (error: unknown) => void;
}

/** The queries and dashboards of runbooks: their lenses, commands and charts. */
export class MetricFeatures implements Disposable {
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #access: MetricsAccess;
  readonly #dashboardLenses: DashboardLenses;
  readonly #disposables: readonly Disposable[];

  constructor({ access, runbooks, lenses, incident, dist, onProblem }: MetricFeatureParts) {
    this.#access = access;
    const values = new MetricValues(access, onProblem);
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
      lenses.add(metricLenses, this.#dashboardLenses),
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
