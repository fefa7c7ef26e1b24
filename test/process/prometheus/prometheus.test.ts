import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { MetricQuery } from "../../../src/metrics/metricQuery.ts";
import { queryForms, rateWindow, selectorsOf } from "../../../src/metrics/queryForms.ts";
import { wordsNow } from "../../../src/metrics/seriesNow.ts";
import { KnownFacts } from "../../../src/prometheus/knownFacts.ts";
import { PrometheusApi } from "../../../src/prometheus/prometheusApi.ts";
import { PrometheusError } from "../../../src/prometheus/prometheusError.ts";
import { PrometheusSource } from "../../../src/prometheus/prometheusSource.ts";
import { type RealPrometheus, startRealPrometheus } from "./realPrometheus.ts";

describe("A real Prometheus", { timeout: 90_000 }, () => {
  const { signal } = new AbortController();
  let prometheus: RealPrometheus;
  let api: PrometheusApi;
  let source: PrometheusSource;

  before(async () => {
    prometheus = await startRealPrometheus();
    api = new PrometheusApi({ url: prometheus.url, title: "ours", credentials: null, wayProblem: () => null });
    source = new PrometheusSource(api);
    const request = { method: "GET", path: "/", seconds: 0.2 };
    for (const status of [200, 503]) prometheus.metrics.observe({ ...request, status });
    await prometheus.sees("count_over_time(http_requests_total[1m])", (value) => value >= 2);
    for (let count = 0; count < 10; count++) prometheus.metrics.observe({ ...request, status: 503 });
    await prometheus.sees("rate(http_requests_total[1m])", (value) => value > 0);
  });
  after(() => prometheus?.close());

  async function forms(query: string): Promise<MetricQuery[]> {
    const facts = new KnownFacts(api, Date.now);
    const options = { namespace: "pyairtable", window: rateWindow(await facts.scrapeMs(signal)) };
    const known = await facts.of(selectorsOf(query, options), signal);
    return queryForms({ query, label: "" }, { ...options, facts: (selector) => known.get(selector) });
  }

  const valueOfOne = async ({ expression }: MetricQuery): Promise<number | undefined> =>
    (await source.at(expression, Date.now(), signal))[0]?.samples[0]?.value;

  it("has an answer to each metric of the first users' runbook in the form it is given", async () => {
    const asked = async (query: string) => (await forms(query)).map(({ expression }) => expression);
    assert.deepEqual(await asked("kube_pod_container_status_restarts_total"), [
      'increase(kube_pod_container_status_restarts_total{namespace="pyairtable"}[5m])',
    ]);
    assert.deepEqual(await asked("kube_pod_status_ready"), [
      'kube_pod_status_ready{namespace="pyairtable",condition="true"}',
    ]);
    assert.deepEqual(await asked('up{job="pyairtable-services"}'), [
      'up{namespace="pyairtable",job="pyairtable-services"}',
    ]);
    const [ready] = await forms("kube_pod_status_ready");
    assert.ok(ready);
    assert.equal(wordsNow(await source.at(ready.expression, Date.now(), signal), ready), "1 of 1 ready");
    const [restarts] = await forms("kube_pod_container_status_restarts_total");
    assert.ok(restarts);
    assert.equal(await valueOfOne(restarts), 0);
  });

  it("tells a histogram by its buckets, and its quantiles", async () => {
    const quantiles = await forms("http_request_duration_seconds");
    assert.deepEqual(
      quantiles.map(({ unit, note }) => [unit, note]),
      ["p50", "p95", "p99"].map((name) => ["seconds", `${name} over 5 min, namespace pyairtable`]),
    );
    for (const quantile of quantiles) {
      const seconds = (await valueOfOne(quantile)) ?? Number.NaN;
      assert.ok(seconds > 0.1 && seconds <= 0.25, `${quantile.expression}: ${seconds}`);
    }
  });

  it("gives the rate of a counter over time", async () => {
    const [errors] = await forms('http_requests_total{status=~"5.."}');
    assert.ok(errors);
    assert.match(wordsNow(await source.at(errors.expression, Date.now(), signal), errors), /^\d\S* req\/s$/);
    const to = Date.now();
    const [series, ...others] = await source.over(errors.expression, { from: to - 10_000, to, step: 1000 }, signal);
    assert.equal(others.length, 0);
    assert.equal(series?.labels["status"], "503");
    assert.ok((series?.samples.at(-1)?.value ?? 0) > 0);
    assert.ok(series?.samples.every(({ at }) => at >= to - 10_000 && at <= to));
  });

  it("says what is wrong with a query in its own words", async () => {
    await assert.rejects(source.at("sum(", Date.now(), signal), (error) => {
      assert.ok(error instanceof PrometheusError);
      assert.equal(error.reason, "bad-query");
      assert.match(error.message, /parse error/);
      return true;
    });
    const range = { from: 0, to: 1_000_000_000, step: 1 };
    await assert.rejects(source.over("up", range, signal), { reason: "bad-query" });
  });

  it("knows nothing of a metric that is not there, which is asked all the same", async () => {
    const [form] = await forms("not_there_total");
    assert.equal(form?.expression, "rate(not_there_total[5m])");
    assert.equal(form && wordsNow(await source.at(form.expression, Date.now(), signal), form), "no series");
  });
});
