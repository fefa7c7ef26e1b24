import type { MetricUnit } from "./metricQuery.ts";
import type { TimeSeries } from "./timeSeries.ts";

/** Quantities that can be added up: pods that are ready, requests a second, bytes. A sum of times or shares says nothing. */
const additive: readonly MetricUnit[] = ["number", "per-second", "bytes"];

/**
 * All series of a query as one, whose values are their sums: pods come with series of their own and take them away, while
 * their number goes on. Null where the unit cannot be added up. What is no number is left out.
 */
export function totalSeries(series: readonly TimeSeries[], unit: MetricUnit): TimeSeries | null {
  if (!additive.includes(unit)) return null;
  const sums = new Map<number, number>();
  for (const { samples } of series) {
    for (const { at, value } of samples) if (Number.isFinite(value)) sums.set(at, (sums.get(at) ?? 0) + value);
  }
  const samples = [...sums].map(([at, value]) => ({ at, value })).sort((one, other) => one.at - other.at);
  return { labels: {}, samples };
}
