import type { TimeSeries } from "./timeSeries.ts";

/** A stretch of time, and how far apart its samples are; all in ms, the first two since the epoch. */
export interface MetricsRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What answers PromQL. */
export interface MetricsSource {
  /** Where it is, for a person: `http://127.0.0.1:9090`, `prometheus.monitoring:9090 in demo`. */
  readonly title: string;
  /**
   * The values at a moment (ms since the epoch), one sample each.
   * @throws PrometheusError
   */
  at(expression: string, at: number, signal: AbortSignal): Promise<TimeSeries[]>;
  /**
   * The values over a time.
   * @throws PrometheusError
   */
  over(expression: string, range: MetricsRange, signal: AbortSignal): Promise<TimeSeries[]>;
}
