import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Metrics } from "../../../demo/services/metrics.ts";
import { startPrometheusProcess } from "../../bed/agent/prometheusProcess.ts";
import { seen } from "../../run/until.ts";

/** A Prometheus of a test's own, which scrapes one service of the demo every second. */
export interface RealPrometheus {
  readonly url: URL;
  /** What the service counts. */
  readonly metrics: Metrics;
  /** Resolves when the query has a value that is as wanted. */
  sees(query: string, wanted: (value: number) => boolean): Promise<void>;
  close(): Promise<void>;
}

const restarts = [
  "# HELP kube_pod_container_status_restarts_total The number of container restarts per container.",
  "# TYPE kube_pod_container_status_restarts_total counter",
  'kube_pod_container_status_restarts_total{pod="api-0"} 2',
  "# HELP kube_pod_status_ready Describes whether the pod is ready to serve requests.",
  "# TYPE kube_pod_status_ready gauge",
  ...["true", "false", "unknown"].map(
    (condition) => `kube_pod_status_ready{pod="api-0",condition="${condition}"} ${condition === "true" ? 1 : 0}`,
  ),
  "",
].join("\n");

/** Starts it, with its data in a folder of its own. */
export async function startRealPrometheus(): Promise<RealPrometheus> {
  const metrics = new Metrics();
  const service = createServer((_request, response) => response.end(metrics.render() + restarts));
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  const folder = mkdtempSync(join(tmpdir(), "podbook-prometheus-"));
  const address = `127.0.0.1:${(service.address() as AddressInfo).port}`;
  const target = `{targets: ["${address}"], labels: {namespace: pyairtable}}`;
  const config = [
    "global: {scrape_interval: 1s, scrape_timeout: 1s}",
    "scrape_configs:",
    `- {job_name: pyairtable-services, static_configs: [${target}]}`,
    "",
  ].join("\n");
  const process = await startPrometheusProcess({ folder, config, output: () => {} });
  const url = new URL(`http://127.0.0.1:${process.port}/`);
  const value = async (query: string) => {
    const answer = await fetch(new URL(`api/v1/query?query=${encodeURIComponent(query)}`, url));
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return data.result.map((one) => Number(one.value[1]));
  };
  return {
    url,
    metrics,
    sees: async (query, wanted) => {
      let last: number[] = [];
      const look = async () => {
        last = await value(query);
        return last.some(wanted) ? true : undefined;
      };
      await seen(look, () => `${query}: ${last.join(", ")}`, 20_000);
    },
    close: async () => {
      await process.stop("asked");
      service.closeAllConnections();
      service.close();
      rmSync(folder, { recursive: true });
    },
  };
}
