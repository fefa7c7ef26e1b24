import { plainLabel } from "./plainLabel.ts";
import type { TimeSeries } from "./timeSeries.ts";

const mostValue = 60;
const mostName = 120;
const mostLabels = 8;

/**
 * Names by which a person tells the series of one query apart: the labels in which they differ, as in `pod=api-0, code=500`.
 * Of a single series, and of those that differ in nothing, `otherwise`, with numbers where there are several.
 */
export function seriesNames(series: readonly Pick<TimeSeries, "labels">[], otherwise: string): string[] {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const differing = names
    .filter((name) => new Set(series.map(({ labels }) => labels[name])).size > 1)
    .slice(0, mostLabels);
  const seen = new Map<string, number>();
  return series.map(({ labels }) => {
    const parts = differing.flatMap((name) => (Object.hasOwn(labels, name) ? part(name, labels[name] ?? "") : []));
    const name = plainLabel(parts.join(", ") || otherwise, mostName);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function part(name: string, value: string): string {
  return `${plainLabel(name, mostValue)}=${plainLabel(value, mostValue)}`;
}
