import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetricQuery, MetricUnit } from "../../../src/metrics/metricQuery.ts";
import { unitOf } from "../../../src/metrics/metricUnit.ts";
import { wordsNow } from "../../../src/metrics/seriesNow.ts";

function words(expression: string, unit: MetricUnit, ...values: number[]): string {
  const query: MetricQuery = { label: "", written: "", expression, unit, note: "" };
  return wordsNow(
    values.map((value) => ({ labels: {}, samples: [{ at: 0, value }] })),
    query,
  );
}

test("the series of a query in a few words", () => {
  assert.equal(words("increase(restarts[5m])", "number", 0, 0), "0 in 5 min · 2 series");
  assert.equal(words("increase(restarts[5m])", "number", 1), "1 in 5 min");
  assert.equal(words("rate(a_total[5m])", "per-second", 0.5, 0.25), "0.75/s · 2 series");
  assert.equal(words("rate(http_requests_total[5m])", "per-second", 0.5), "0.5 req/s");
  assert.equal(words("up", "number", 1, 0, 1), "2 of 3 up");
  assert.equal(words("up", "number", 1), "1 of 1 up");
  assert.equal(words('kube_pod_status_ready{condition="true"}', "number", 1, 1), "2 of 2 ready");
  assert.equal(words("sum(up)", "number", 1), "1");
  assert.equal(words("feature_flag", "number", 1, 0), "1 of 2 are 1");
  assert.equal(words("feature_flag", "number", 1), "1");
  assert.equal(words("memory", "bytes", 1024, 2048, Number.NaN), "1 KiB to 2 KiB · 3 series");
  assert.equal(words("memory", "bytes", 1024, 1024), "1 KiB · 2 series");
  assert.equal(words("up", "number"), "no series");
});

test("the unit of an expression, as far as its text tells", () => {
  const cases: [string, MetricUnit][] = [
    ["max(process_resident_memory_bytes)", "bytes"],
    ["sum(rate(http_requests_total[5m]))", "per-second"],
    ["histogram_quantile(0.9, sum by (le) (rate(d_seconds_bucket[5m])))", "seconds"],
    ["rate(process_cpu_seconds_total[5m])", "number"],
    ["increase(a_bytes_total[5m])", "number"],
    ["a_bytes / b_bytes", "number"],
    ['a_bytes{path="/x"}', "bytes"],
    ["a_bytes / 1024", "number"],
    ["disk_free_ratio", "ratio"],
    ["process_start_time_seconds", "number"],
    ["count(a_bytes)", "number"],
  ];
  for (const [expression, unit] of cases) assert.equal(unitOf(expression), unit, expression);
});
