import { parsePromql } from "../runbook/promqlExpression.ts";
import { axisWords } from "./axisWords.ts";
import type { MetricQuery } from "./metricQuery.ts";
import type { TimeSeries } from "./timeSeries.ts";

/** What the series of a query are now, in the few words of a lens: `0 in 5 min · 7 series`, `6 of 7 ready`. */
export function wordsNow(series: readonly TimeSeries[], { expression, unit }: MetricQuery): string {
  const values = series.flatMap(({ samples }) => samples.slice(-1).map(({ value }) => value));
  const [first] = values;
  if (first === undefined) return "no series";
  const within = /^increase\(.*\[(\d+)m\]\)$/s.exec(expression)?.[1];
  const time = within === undefined ? "" : ` in ${within} min`;
  const promql = parsePromql(expression);
  const [metric = ""] = promql?.metrics ?? [];
  // Its series are parts of a whole, as the rates of counters are.
  const summed = ["rate", "irate", "increase"].includes(promql?.calls[0] ?? "");
  const whole = (value: number) => counted(axisWords(value, unit), metric) + time;
  if (summed && values.length > 1) return `${whole(sum(values))} · ${values.length} series`;
  const state = /(?:^|_)(up|ready|healthy|available)$/.exec(metric)?.[1] ?? "are 1";
  const holds = values.filter((value) => value === 1).length;
  const isState = state !== "are 1" && promql?.calls.length === 0;
  if ((values.length > 1 || isState) && values.every((value) => value === 0 || value === 1)) {
    return `${holds} of ${values.length} ${state}`;
  }
  if (values.length === 1) return whole(first);
  const count = `${values.length} series`;
  const known = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  const [least, most] = [known.at(0) ?? Number.NaN, known.at(-1) ?? Number.NaN].map((one) => axisWords(one, unit));
  return least === most ? `${least} · ${count}` : `${least} to ${most} · ${count}`;
}

/** `0.12 req/s` for what counts requests. */
function counted(words: string, metric: string): string {
  return /_requests(?:_total)?$/.test(metric) ? words.replace(/\/s$/, " req/s") : words;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
