import { type MetricFacts, type MetricType, noFacts } from "../metrics/metricFacts.ts";
import { histogramBase } from "../metrics/metricForms.ts";
import { parsePromql } from "../runbook/promqlExpression.ts";
import type { PrometheusApi } from "./prometheusApi.ts";
import { PrometheusError } from "./prometheusError.ts";
import { readMetricType, readScrapeInterval, readTexts } from "./readAnswer.ts";

/** Series that had no value for this time are not asked for their labels, in ms. */
const recentMs = 3_600_000;
const types: readonly MetricType[] = ["counter", "gauge", "histogram", "summary"];

/**
 * What Prometheus knows of the series of a selector: `up{job="api"}`. Servers that only answer queries know nothing.
 * @param now In ms since the epoch.
 * @throws PrometheusError where it cannot be asked at all
 */
export async function findFacts(
  api: PrometheusApi,
  selector: string,
  now: number,
  signal: AbortSignal,
): Promise<MetricFacts> {
  const one = parsePromql(selector)?.selectors[0];
  if (!one) return noFacts;
  const base = histogramBase(one.metric);
  const matchers = selector.slice(one.metric.length).trim();
  const labels = (text: string) => orNull(labelsOf(api, text, now, signal));
  const [type, own, ofBuckets] = await Promise.all([
    base === "" ? null : orNull(typeOf(api, base, signal)),
    labels(selector),
    base === "" || base.endsWith("_total") ? null : labels(`${base}_bucket${matchers}`),
  ]);
  const buckets = ofBuckets ?? [];
  if (buckets.length > 0) return { type: "histogram", labels: buckets };
  return { type: type === "histogram" && own?.length ? "native-histogram" : (type ?? "unknown"), labels: own ?? [] };
}

/**
 * How often the server has its metrics where nothing else is said for some, in ms; null where it does not tell.
 * @throws PrometheusError where it cannot be asked at all
 */
export async function findScrapeInterval(api: PrometheusApi, signal: AbortSignal): Promise<number | null> {
  return orNull(api.get("status/config", [], signal).then(readScrapeInterval));
}

async function typeOf(api: PrometheusApi, metric: string, signal: AbortSignal): Promise<MetricType | null> {
  const type = readMetricType(await api.get("metadata", [["metric", metric]], signal), metric);
  return types.find((one) => one === type) ?? null;
}

async function labelsOf(api: PrometheusApi, selector: string, now: number, signal: AbortSignal) {
  const since = String((now - recentMs) / 1000);
  return readTexts(
    await api.post(
      "labels",
      [
        ["match[]", selector],
        ["start", since],
      ],
      signal,
    ),
  );
}

/** What a server does not know, does not allow or is too long to read leaves the query as it is written. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    const lacking = ["not-prometheus", "forbidden", "bad-query", "too-large", "server"];
    if (error instanceof PrometheusError && lacking.includes(error.reason)) return null;
    throw error;
  }
}
