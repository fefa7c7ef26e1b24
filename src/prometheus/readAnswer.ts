import type { Sample, TimeSeries } from "../metrics/timeSeries.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The series that the data of an answer holds; null where it has none of the forms of Prometheus's API. */
export function readSeries(data: unknown): TimeSeries[] | null {
  if (!isFields(data) || typeof data["resultType"] !== "string") return null;
  const { result } = data;
  if (data["resultType"] === "scalar") {
    const sample = readSample(result);
    return sample ? [{ labels: {}, samples: [sample] }] : null;
  }
  // A text has no value to show.
  if (data["resultType"] === "string") return [];
  if (!Array.isArray(result)) return null;
  const series = result.map((one) => (isFields(one) ? readOne(one) : null));
  return series.every((one) => one !== null) ? series.filter(({ samples }) => samples.length > 0) : null;
}

/** The type that the data of an answer about metadata gives a metric; null where it knows none. */
export function readMetricType(data: unknown, metric: string): string | null {
  const entries = isFields(data) ? data[metric] : undefined;
  const first: unknown = Array.isArray(entries) ? entries[0] : undefined;
  return isFields(first) && typeof first["type"] === "string" ? first["type"] : null;
}

/** The texts of a list; null where it is none. */
export function readTexts(data: unknown): string[] | null {
  return Array.isArray(data) && data.every((one) => typeof one === "string") ? data : null;
}

/** How often the configuration in an answer lets metrics be had where nothing else is said, in ms; null where it does not tell. */
export function readScrapeInterval(data: unknown): number | null {
  const yaml = isFields(data) ? data["yaml"] : undefined;
  const written = typeof yaml === "string" ? /^ {2,8}scrape_interval: (\S{1,20})$/m.exec(yaml)?.[1] : undefined;
  return written === undefined ? null : durationMs(written);
}

function durationMs(text: string): number | null {
  if (!/^(?:\d+(?:ms|[smhd]))+$/.test(text)) return null;
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const parts = [...text.matchAll(/(\d+)(ms|[smhd])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0);
}

/** Native histograms have no value of their own, and so no samples here. */
function readOne(one: Fields): TimeSeries | null {
  const { metric, value, values } = one;
  if (!isFields(metric)) return null;
  const written = value === undefined ? (values ?? []) : [value];
  const samples = Array.isArray(written) ? written.map(readSample) : [null];
  if (!samples.every((sample) => sample !== null)) return null;
  const labels = Object.fromEntries(Object.entries(metric).map(([name, label]) => [name, String(label)]));
  return { labels, samples };
}

function readSample(pair: unknown): Sample | null {
  if (!Array.isArray(pair)) return null;
  const [seconds, text]: unknown[] = pair;
  if (typeof seconds !== "number" || typeof text !== "string") return null;
  return { at: Math.round(seconds * 1000), value: numberOf(text) };
}

function numberOf(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
