import { type Promql, parsePromql } from "../runbook/promqlExpression.ts";
import type { MetricUnit } from "./metricQuery.ts";

/** Functions whose values count in the unit of what they are given. */
const keeping = new Set(
  (
    "sum min max avg topk bottomk quantile sort sort_desc abs clamp clamp_min clamp_max histogram_quantile avg_over_time " +
    "min_over_time max_over_time quantile_over_time last_over_time delta label_replace label_join"
  ).split(" "),
);

/** The unit that a metric's name ends with, as Prometheus's conventions have it. */
export function unitOfName(metric: string): MetricUnit {
  const name = metric.replace(/_(?:total|bucket|sum)$/, "");
  if (/_timestamp(?:_seconds)?$|_start_time_seconds$|_created$/.test(name)) return "number";
  if (name.endsWith("_seconds")) return "seconds";
  if (name.endsWith("_bytes")) return "bytes";
  return name.endsWith("_ratio") ? "ratio" : "number";
}

/** What the values of an expression count, as far as its text tells: `number` where it does not. */
export function unitOf(expression: string): MetricUnit {
  const promql = parsePromql(expression);
  if (promql?.metrics.length !== 1 || calculates(expression)) return "number";
  return unitOfOne(promql, promql.metrics[0] ?? "");
}

function unitOfOne({ calls }: Promql, metric: string): MetricUnit {
  const named = unitOfName(metric);
  const rest = calls.filter((call) => !keeping.has(call));
  if (rest.length === 0) return named;
  if (!rest.every((call) => call === "rate" || call === "irate")) return "number";
  if (calls.includes("histogram_quantile")) return named;
  return named === "seconds" ? "number" : "per-second";
}

function calculates(expression: string): boolean {
  return /[*/%^]|\bbool\b/.test(expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#.*/g, ""));
}
