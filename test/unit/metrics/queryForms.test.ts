import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetricFacts, MetricType } from "../../../src/metrics/metricFacts.ts";
import { editedQuery, queryForms, rateWindow, selectorsOf } from "../../../src/metrics/queryForms.ts";

const namespace = "pyairtable";
const inNamespace = { namespace, window: 5 };

function formsOf(query: string, type: MetricType, labels: readonly string[] = ["namespace"]) {
  const facts: MetricFacts = { type, labels };
  return queryForms({ query, label: "It" }, { ...inNamespace, facts: () => facts });
}

function expressions(query: string, type: MetricType, labels?: readonly string[]): string[] {
  return formsOf(query, type, labels).map(({ expression }) => expression);
}

test("a counter is asked as its rate, restarts as their increase, a gauge as it is", () => {
  assert.deepEqual(formsOf('http_requests_total{status=~"5.."}', "counter"), [
    {
      label: "It",
      written: 'http_requests_total{status=~"5.."}',
      expression: 'rate(http_requests_total{namespace="pyairtable",status=~"5.."}[5m])',
      unit: "per-second",
      note: "rate over 5 min, namespace pyairtable",
    },
  ]);
  assert.deepEqual(expressions("kube_pod_container_status_restarts_total", "counter"), [
    'increase(kube_pod_container_status_restarts_total{namespace="pyairtable"}[5m])',
  ]);
  assert.deepEqual(expressions("process_resident_memory_bytes", "gauge"), [
    'process_resident_memory_bytes{namespace="pyairtable"}',
  ]);
  assert.deepEqual(expressions("things_total", "gauge"), ['things_total{namespace="pyairtable"}'], "the type counts");
  assert.deepEqual(expressions("a_count", "unknown", []), ["rate(a_count[5m])"]);
  assert.equal(formsOf("process_cpu_seconds_total", "counter")[0]?.unit, "number", "processors, not a rate");
});

test("a histogram is asked for three quantiles, from its buckets or natively", () => {
  const forms = formsOf("http_request_duration_seconds", "histogram");
  assert.deepEqual(
    forms.map(({ label, unit, note }) => ({ label, unit, note })),
    ["p50", "p95", "p99"].map((name) => ({
      label: `It ${name}`,
      unit: "seconds",
      note: `${name} over 5 min, namespace pyairtable`,
    })),
  );
  assert.equal(
    forms[1]?.expression,
    'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="pyairtable"}[5m])))',
  );
  const bucket = expressions("a_seconds_bucket", "histogram", []);
  assert.equal(bucket[0], "histogram_quantile(0.5, sum by (le) (rate(a_seconds_bucket[5m])))");
  const native = expressions("a_seconds", "native-histogram", []);
  assert.equal(native[0], "histogram_quantile(0.5, sum(rate(a_seconds[5m])))");
});

test("only what tells a namespace is narrowed to one, and only once", () => {
  const up = 'up{job="pyairtable-services"}';
  assert.deepEqual(expressions(up, "gauge", ["job"]), [up]);
  assert.equal(formsOf(up, "gauge", ["job"])[0]?.note, "");
  assert.deepEqual(expressions('up{namespace="other"}', "gauge"), ['up{namespace="other"}']);
  assert.deepEqual(expressions("up{}", "gauge"), ['up{namespace="pyairtable"}']);
  assert.deepEqual(expressions("up", "gauge", ["namespace", "exported_namespace"]), [
    'up{exported_namespace="pyairtable"}',
  ]);
  const facts = () => ({ type: "gauge", labels: ["namespace"] }) as const;
  assert.equal(queryForms({ query: "up", label: "" }, { namespace: null, window: 5, facts })[0]?.expression, "up");
});

test("an expression keeps its form, and each of its selectors is narrowed", () => {
  const query = 'sum by (job) (rate(a_total{x="}"}[5m])) / on (job) b offset 5m > bool 0 # {';
  assert.deepEqual(expressions(query, "counter"), [
    'sum by (job) (rate(a_total{namespace="pyairtable",x="}"}[5m])) / on (job) b{namespace="pyairtable"} offset 5m > bool 0 # {',
  ]);
  assert.deepEqual(selectorsOf(query, inNamespace), ['a_total{x="}"}', "b"]);
  assert.deepEqual(expressions("up == 0", "gauge"), ['up{namespace="pyairtable"} == 0']);
  assert.deepEqual(expressions('{__name__="up"}', "gauge"), ['{namespace="pyairtable",__name__="up"}']);
});

test("a state of Kubernetes is asked for where it holds", () => {
  assert.deepEqual(expressions("kube_pod_status_ready", "gauge", ["namespace", "pod", "condition"]), [
    'kube_pod_status_ready{namespace="pyairtable",condition="true"}',
  ]);
  assert.deepEqual(expressions('kube_pod_status_ready{condition="false"}', "gauge", ["condition"]), [
    'kube_pod_status_ready{condition="false"}',
  ]);
});

test("Grafana's variables get values; what has none is said", () => {
  const query = 'sum(rate(a_total{namespace="$namespace",pod=~"$pod"}[$__rate_interval]))';
  const [form] = formsOf(query, "counter");
  assert.equal(form?.expression, 'sum(rate(a_total{namespace="pyairtable",pod=~"$pod"}[5m]))');
  assert.equal(form?.written, query);
  assert.equal(form?.note, "$pod has no value here");
  assert.deepEqual(expressions('a{x=~"5..$"}', "gauge", []), ['a{x=~"5..$"}'], "a regular expression's end");
});

test("an edited query is asked as it was typed", () => {
  const edited = editedQuery({ query: "up", label: "" }, "min(up) ", inNamespace);
  assert.deepEqual(edited, { label: "up", written: "up", expression: "min(up)", unit: "number", note: "edited" });
});

test("a rate looks back over four scrapes, and five minutes at least", () => {
  assert.deepEqual([null, 15_000, 60_000, 120_000].map(rateWindow), [5, 5, 5, 8]);
});

test("what is no PromQL that we know is asked as it is written", () => {
  assert.deepEqual(expressions("a_function_of_tomorrow(up)", "gauge"), ["a_function_of_tomorrow(up)"]);
});
