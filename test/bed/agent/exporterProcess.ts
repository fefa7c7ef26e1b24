import { once } from "node:events";
import { createServer } from "node:http";
import { kubeStateMetrics, type PlacedPod } from "./kubeStateMetrics.ts";
import type { ContainerProcess } from "./process.ts";

/** Answers for kube-state-metrics on a free loopback port, out of what the agent follows anyway: no process of its own. */
export async function startExporterProcess(pods: () => readonly PlacedPod[]): Promise<ContainerProcess> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === "/healthz") response.writeHead(200).end("ok");
    else if (request.url !== "/metrics") response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(kubeStateMetrics(pods()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The exporter has no port.");
  const ended = once(server, "close").then(() => {});
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await ended;
  };
  return { pid: process.pid, port: address.port, ended, tell: () => {}, stop };
}
