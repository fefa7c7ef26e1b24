import type { Event, TextDocument } from "vscode";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import type { MetricsSource } from "../../metrics/metricsSource.ts";

/** The queries of a runbook, and what answers them. */
export interface AskedQueries {
  readonly source: MetricsSource;
  readonly queries: readonly MetricQuery[];
}

/** The way to the metrics of runbooks, as charts and incidents need it. */
export interface AskedMetrics {
  /** @throws PrometheusError where there is no source, or it cannot be reached */
  of(document: TextDocument): Promise<AskedQueries>;
  /** Changes what is asked for a query, `written` as in the runbook. */
  edit(document: TextDocument, written: string, expression: string): Promise<void>;
  /** The queries or their source have changed. */
  readonly onDidChange: Event<void>;
}
