import { equal, ok } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BedPrometheus } from "./bedPrometheus.ts";
import { DemoBed } from "./demoBed.ts";

describe("the Prometheus of the bed", () => {
  let demo: DemoBed;
  let prometheus: BedPrometheus;

  before(async () => {
    demo = await DemoBed.open();
    prometheus = new BedPrometheus(demo);
    await prometheus.ready();
  });
  after(() => demo.close());

  it("has values for every metric of the runbook", async () => {
    const up = await prometheus.ask('up{job="pyairtable-services"} == 1', (series) => series.length === 6);
    equal(up[0]?.metric["namespace"], "pyairtable");
    const inDemo = '{namespace="pyairtable"';
    await prometheus.ask(`kube_pod_status_ready${inDemo},condition="true"} == 1`, (series) => series.length === 7);
    await prometheus.ask(`kube_pod_container_status_restarts_total${inDemo}}`, (series) => series.length === 7);
    await prometheus.ask("http_request_duration_seconds_count", (series) => series.length >= 6);
    const errors = await prometheus.ask('http_requests_total{status=~"5.."}', (series) => series.length >= 6);
    ok(errors.every(({ metric }) => metric["pod"] !== ""));
  });
});
