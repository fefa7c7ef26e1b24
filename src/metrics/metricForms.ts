import type { MetricFacts } from "./metricFacts.ts";
import type { MetricUnit } from "./metricQuery.ts";
import { unitOfName } from "./metricUnit.ts";

/** How a bare metric is asked. */
export interface MetricForm {
  /** What tells it from the other forms of the metric: `p95`; empty where it is the only one. */
  readonly name: string;
  readonly expression: string;
  readonly unit: MetricUnit;
  /** What was made of it: `rate over 5 min`; empty where it is asked as it is. */
  readonly note: string;
}

const quantiles = ["0.5", "0.95", "0.99"];

/**
 * The forms in which a metric is asked that a runbook names by its name alone, or with matchers.
 * @param metric Its name.
 * @param matchers Braces with all its matchers; empty where there are none.
 * @param window How far rates look back, in minutes.
 */
export function metricForms(metric: string, matchers: string, { type }: MetricFacts, window: number): MetricForm[] {
  const over = `over ${window} min`;
  const range = `${metric}${matchers}[${window}m]`;
  if (/_restarts(?:_total)?$/.test(metric)) {
    return [{ name: "", expression: `increase(${range})`, unit: "number", note: `increase ${over}` }];
  }
  if (type === "histogram" || type === "native-histogram") return quantileForms(metric, matchers, type, window);
  if (isCounter(metric, type)) {
    return [{ name: "", expression: `rate(${range})`, unit: rateUnit(metric), note: `rate ${over}` }];
  }
  return [{ name: "", expression: `${metric}${matchers}`, unit: unitOfName(metric), note: "" }];
}

/** The metric without the ending that a series of a histogram has. */
export function histogramBase(metric: string): string {
  return metric.replace(/_bucket$/, "");
}

function quantileForms(metric: string, matchers: string, type: MetricFacts["type"], window: number): MetricForm[] {
  const base = histogramBase(metric);
  const rates =
    type === "native-histogram"
      ? `sum(rate(${base}${matchers}[${window}m]))`
      : `sum by (le) (rate(${base}_bucket${matchers}[${window}m]))`;
  return quantiles.map((quantile) => {
    const name = `p${Math.round(Number(quantile) * 100)}`;
    return {
      name,
      expression: `histogram_quantile(${quantile}, ${rates})`,
      unit: unitOfName(base),
      note: `${name} over ${window} min`,
    };
  });
}

function isCounter(metric: string, type: MetricFacts["type"]): boolean {
  if (type === "gauge") return false;
  if (type === "counter" || metric.endsWith("_total")) return true;
  return (type === "summary" || type === "unknown") && /_(?:count|sum)$/.test(metric);
}

/** Seconds in a second are a number: the processors that are busy. */
function rateUnit(metric: string): MetricUnit {
  return /_seconds(?:_total|_sum)?$/.test(metric) ? "number" : "per-second";
}
