import { after, before, describe, it } from "node:test";
import { breakWorkload } from "../bed/failures/breakWorkload.ts";
import { BedPrometheus, type Series } from "./bedPrometheus.ts";
import { DemoBed } from "./demoBed.ts";

describe("the Prometheus of the bed", () => {
  let demo: DemoBed;
  let prometheus: BedPrometheus;
  const some = (series: readonly Series[]) => series.length > 0;

  before(async () => {
    demo = await DemoBed.open();
    prometheus = new BedPrometheus(demo);
    await prometheus.ready();
  });
  after(() => demo.close());

  it("sees a failure: restarts, no ready pod, scrapes that are refused, and the errors of who depends on it", async () => {
    await breakWorkload(demo.bed, "crash-loop", "api-gateway");
    await prometheus.ask('kube_pod_status_ready{pod=~"api-gateway.*",condition="false"} == 1', some);
    await prometheus.ask('kube_pod_container_status_restarts_total{pod=~"api-gateway.*"} > 0', some);
    await prometheus.ask('up{job="pyairtable-services",container="api-gateway"} == 0', some);
    await demo.restore();
    await prometheus.ask('up{job="pyairtable-services"} == 1', (series) => series.length === 6);
    await demo.inDemo("scale", "statefulset/postgres", "--replicas=0");
    await prometheus.ask('sum(http_requests_total{status=~"5..",container="auth-service"}) > 0', some);
  });
});
