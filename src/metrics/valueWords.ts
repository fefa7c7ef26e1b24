import { parsePromql } from "../runbook/promqlExpression.ts";
import type { MetricQuery, MetricUnit } from "./metricQuery.ts";
import type { TimeSeries } from "./timeSeries.ts";

const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const decimal = ["", "k", "M", "G", "T"];

/** A value with its unit: `240 ms`, `0.12/s`, `340 MiB`, `12 %`. */
export function valueWords(value: number, unit: MetricUnit): string {
  if (Number.isNaN(value)) return "no value";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (value < 0) return `-${valueWords(-value, unit)}`;
  switch (unit) {
    case "seconds":
      return secondsWords(value);
    case "bytes":
      return scaled(value, 1024, binary);
    case "ratio":
      return `${short(value * 100)} %`;
    case "per-second":
      return `${scaled(value, 1000, decimal).replace(" ", "")}/s`;
    case "number":
      return scaled(value, 1000, decimal).replace(" ", "");
  }
}

/** What the series of a query are now, in the few words of a lens: `0 in 5 min · 7 series`, `6 of 7 ready`. */
export function seriesWords(series: readonly TimeSeries[], { expression, unit }: MetricQuery): string {
  const values = series.flatMap(({ samples }) => samples.slice(-1).map(({ value }) => value));
  const [first] = values;
  if (first === undefined) return "no series";
  const within = /^increase\(.*\[(\d+)m\]\)$/s.exec(expression)?.[1];
  const time = within === undefined ? "" : ` in ${within} min`;
  const promql = parsePromql(expression);
  const [metric = ""] = promql?.metrics ?? [];
  // Its series are parts of a whole, as the rates of counters are.
  const summed = ["rate", "irate", "increase"].includes(promql?.calls[0] ?? "");
  const whole = (value: number) => counted(valueWords(value, unit), metric) + time;
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
  const [least, most] = [known.at(0) ?? Number.NaN, known.at(-1) ?? Number.NaN].map((one) => valueWords(one, unit));
  return least === most ? `${least} · ${count}` : `${least} to ${most} · ${count}`;
}

/** `0.12 req/s` for what counts requests. */
function counted(words: string, metric: string): string {
  return /_requests(?:_total)?$/.test(metric) ? words.replace(/\/s$/, " req/s") : words;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function secondsWords(seconds: number): string {
  if (seconds === 0) return "0 s";
  if (seconds < 0.001) return `${short(seconds * 1e6)} µs`;
  if (seconds < 1) return `${short(seconds * 1000)} ms`;
  if (seconds < 120) return `${short(seconds)} s`;
  if (seconds < 7200) return `${short(seconds / 60)} min`;
  return seconds < 172_800 ? `${short(seconds / 3600)} h` : `${short(seconds / 86_400)} d`;
}

function scaled(value: number, factor: number, units: readonly string[]): string {
  const power = value < factor ? 0 : Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(factor)));
  return `${short(value / factor ** power)} ${units[power]}`.trim();
}

/** Three digits at most, without zeros at the end; what is too small for that says so. */
function short(value: number): string {
  if (value !== 0 && value < 0.001) return value.toExponential(1);
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
