/** What a metric is; `unknown` where nothing tells. Native histograms have no buckets as series of their own. */
export type MetricType = "counter" | "gauge" | "histogram" | "native-histogram" | "summary" | "unknown";

/** What Prometheus knows of the series that a selector finds. */
export interface MetricFacts {
  readonly type: MetricType;
  /** Names of the labels that at least one of them has; empty where there are none. */
  readonly labels: readonly string[];
}

/** Where nothing could be found out. */
export const noFacts: MetricFacts = { type: "unknown", labels: [] };
