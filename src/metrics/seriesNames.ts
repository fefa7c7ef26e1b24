import { plainLabel } from "./plainLabel.ts";
import type { TimeSeries } from "./timeSeries.ts";

const mostValue = 60;
const mostName = 120;
const mostLabels = 8;

/** What a person knows things by, before labels that only a machine has. */
const telling = ["pod", "service", "job", "container", "node", "quantile"];

/**
 * Names by which a person tells the series of one query apart: as few labels as it takes, as in `pod=api-0, code=500`. Of a
 * single series, and of those that differ in nothing, `otherwise`, with numbers where there are several.
 */
export function seriesNames(series: readonly Pick<TimeSeries, "labels">[], otherwise: string): string[] {
  const chosen = tellingLabels(series);
  const seen = new Map<string, number>();
  return series.map(({ labels }) => {
    const parts = chosen.flatMap((name) => (Object.hasOwn(labels, name) ? part(name, labels[name] ?? "") : []));
    const name = plainLabel(parts.join(", ") || otherwise, mostName);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** Labels that tell all series apart which can be: each tells some apart that those before it do not. */
function tellingLabels(series: readonly Pick<TimeSeries, "labels">[]): string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  const candidates = [...telling.filter((name) => names.has(name)), ...[...names].sort()];
  let groups = series.map(() => "");
  const chosen: string[] = [];
  for (const name of candidates) {
    const parted = series.map(({ labels }, index) => `${groups[index]}${JSON.stringify(labels[name] ?? null)}`);
    if (chosen.length === mostLabels || new Set(parted).size === new Set(groups).size) continue;
    chosen.push(name);
    groups = parted;
  }
  return chosen;
}

function part(name: string, value: string): string {
  return `${plainLabel(name, mostValue)}=${plainLabel(value, mostValue)}`;
}
