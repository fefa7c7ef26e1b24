import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Metrics } from "../../demo/services/metrics.ts";

test("requests are counted by method, path and status, and their times by method and path", () => {
  const metrics = new Metrics();
  metrics.observe({ method: "GET", path: "/health", status: 200, seconds: 0.02 });
  metrics.observe({ method: "GET", path: "/health", status: 200, seconds: 0.3 });
  metrics.observe({ method: "GET", path: "/health", status: 503, seconds: 9 });
  const lines = metrics.render().split("\n");
  ok(lines.includes('http_requests_total{method="GET",path="/health",status="200"} 2'));
  ok(lines.includes('http_requests_total{method="GET",path="/health",status="503"} 1'));
  const bucket = (le: string) => `http_request_duration_seconds_bucket{method="GET",path="/health",le="${le}"}`;
  ok(lines.includes(`${bucket("0.01")} 0`));
  ok(lines.includes(`${bucket("0.025")} 1`));
  ok(lines.includes(`${bucket("0.5")} 2`), "buckets are cumulative");
  ok(lines.includes(`${bucket("+Inf")} 3`));
  ok(lines.includes('http_request_duration_seconds_count{method="GET",path="/health"} 3'));
});

test("a kind of request that is declared is counted from 0 on, whatever was counted before", () => {
  const metrics = new Metrics();
  const failed = { method: "GET", path: "/health", status: 503 };
  metrics.declare(failed);
  const line = (count: number) => `http_requests_total{method="GET",path="/health",status="503"} ${count}`;
  ok(metrics.render().split("\n").includes(line(0)));
  metrics.observe({ ...failed, seconds: 0.1 });
  metrics.declare(failed);
  ok(metrics.render().split("\n").includes(line(1)));
});

test("a gauge with several series has one head, and label values are escaped", () => {
  const metrics = new Metrics();
  metrics.gauge("upstream_up", "Whether it is up.", 1, { upstream: "a" });
  metrics.gauge("upstream_up", "Whether it is up.", 0, { upstream: 'b"\\\n' });
  metrics.gauge("upstream_up", "Whether it is up.", 0, { upstream: "a" });
  const lines = metrics.render().split("\n");
  equal(lines.filter((line) => line.startsWith("# TYPE upstream_up")).length, 1);
  deepEqual(
    lines.filter((line) => line.startsWith("upstream_up")),
    ['upstream_up{upstream="a"} 0', 'upstream_up{upstream="b\\"\\\\\\n"} 0'],
  );
});
