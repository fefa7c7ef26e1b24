import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePromql } from "../../../src/runbook/promqlExpression.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

function queries(markdown: string): string[] {
  return readRunbook(markdown).metrics.map(({ query }) => query);
}

test("expressions of PromQL are told from other text", () => {
  for (const text of [
    "up",
    "up == 0",
    'up{job="api"}',
    "http_requests_total{status=~'5..',}[5m]",
    "rate(http_requests_total[5m])",
    "sum by (job) (rate(a_total[1h30m]))",
    "sum(rate(a_total[5m])) by (job, instance)",
    "histogram_quantile(0.99, sum by (le) (rate(d_seconds_bucket[5m])))",
    "a_total offset 1d / on(job) group_left b_total",
    "max_over_time(rate(a[5m])[1h:1m])",
    "-a + 2 ^ 3 > bool 0.5e3",
    "a and b unless on (x) c",
    '{__name__="x"}',
    "job:errors:rate5m > 0.1",
    "rate(a_total[$__rate_interval])",
    'topk(5, a{x!~"b"}) @ end()',
    'count_values("version", build_info)',
    "1 - avg(up)",
  ]) {
    assert.ok(parsePromql(text), text);
  }
  for (const text of [
    "",
    "kubectl get pods",
    "config.yaml",
    "a b",
    "foo(bar)",
    "sum",
    "rate(a[5m]",
    "{{ .Values.x }}",
    '{app="x"} |= "error"',
    "a{b}[x]",
    "items[0]",
    "/etc/hosts",
    "a = b",
    "(".repeat(5000),
    `${"a+".repeat(20_000)}a`,
  ]) {
    assert.equal(parsePromql(text), null, text.slice(0, 40));
  }
});

test("an expression tells where its selectors stand", () => {
  const text = 'sum(rate(a_total{x="}", y!~\'b\'}[5m])) / {job="c"} - d offset 1h + e {}';
  assert.deepEqual(
    parsePromql(text)?.selectors.map(({ metric, labels, start, end, brace }) => ({
      metric,
      labels,
      text: text.slice(start, end),
      brace: brace === null ? null : text.slice(brace, brace + 1),
    })),
    [
      { metric: "a_total", labels: ["x", "y"], text: "a_total{x=\"}\", y!~'b'}", brace: "{" },
      { metric: "", labels: ["job"], text: '{job="c"}', brace: "{" },
      { metric: "d", labels: [], text: "d", brace: null },
      { metric: "e", labels: [], text: "e {}", brace: "{" },
    ],
  );
});

test("queries in list items below a heading about metrics, with what they are called", () => {
  const markdown =
    "# R\n\n## Key metrics\n\n- Restarts: `kube_pod_container_status_restarts_total`\n* `up` - whether it is there\n" +
    '1. **Errors**: `rate(http_requests_total{code=~"5.."}[5m])` and `queue_messages`\n   - nested:\n     `job:x:rate5m`\n';
  assert.deepEqual(readRunbook(markdown).metrics, [
    { line: 4, query: "kube_pod_container_status_restarts_total", label: "Restarts" },
    { line: 5, query: "up", label: "whether it is there" },
    { line: 6, query: 'rate(http_requests_total{code=~"5.."}[5m])', label: "Errors" },
    { line: 6, query: "queue_messages", label: "Errors" },
    { line: 8, query: "job:x:rate5m", label: "nested" },
  ]);
});

test("outside such headings, only what has PromQL's own syntax is a query", () => {
  assert.deepEqual(queries('# R\n- look at `rate(a_total[5m])`\n- `up{job="x"}`\n- `sum(http_requests_total)`\n'), [
    "rate(a_total[5m])",
    'up{job="x"}',
    "sum(http_requests_total)",
  ]);
  assert.deepEqual(queries('# R\n- `http_requests_total` rises\n- `up`\n- `max(created_at)`\n- `{app="x"}`\n'), []);
});

test("what stands in code below such a heading and is no metric", () => {
  for (const code of [
    "prometheus.yml",
    "kubectl top pods",
    "scrape_interval",
    "max_connections",
    "request_timeout",
    "SERVICE_PORT",
    "/metrics",
    "true",
    "pods",
    "kube-state-metrics",
    "api-gateway",
    "my_config_file",
    "log_level",
    "--set a=b",
    "$PORT",
    "30s",
    "values.replicas",
    "kubectl get --raw /metrics | grep up",
    "http://prometheus:9090",
    "{{ .Values.x }}",
    "count(*)",
  ]) {
    assert.deepEqual(queries(`# R\n## Monitoring\n\n- Setting: \`${code}\`\n`), [], code);
  }
});

test("a metric's name in running text counts only where its form is sure", () => {
  assert.deepEqual(queries("# R\n## Metrics\n- Watch `http_requests_total` and set `some_thing` right\n"), [
    "http_requests_total",
  ]);
});

test("every expression of a promql fence, wherever it stands", () => {
  const fence =
    '```promql\n# Errors\nrate(a_total[5m]) # behind\n\nsum by (job) (\n  rate(b[5m])\n)\n  / 2\nup{x="#"} ==\n0\nc_total\n```\n';
  assert.deepEqual(readRunbook(`text\n\n1. step\n\n   ${fence.replaceAll("\n", "\n   ")}`).metrics, [
    { line: 6, query: "rate(a_total[5m])", label: "Errors" },
    { line: 8, query: "sum by (job) (\n  rate(b[5m])\n)\n  / 2", label: "" },
    { line: 12, query: 'up{x="#"} ==\n0', label: "" },
    { line: 14, query: "c_total", label: "" },
  ]);
  assert.deepEqual(readRunbook("```promql\nup\n```\n").blocks, [], "and it is no shell block");
});
