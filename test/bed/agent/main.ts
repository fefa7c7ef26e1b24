// The node agent of the bed: what stands behind the simulated containers. Started by the bed, ends on SIGTERM.

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureDebianPackages } from "../debian.ts";
import { Agent } from "./agent.ts";
import { ClusterApi } from "./api.ts";
import { enforceExecPolicy } from "./execPolicy.ts";
import type { PlacedPod } from "./kubeStateMetrics.ts";
import { postgresPackage, preparePostgres } from "./postgresFiles.ts";
import { prometheusPackage } from "./prometheusProcess.ts";
import { RealProcesses } from "./realProcesses.ts";
import { type ScrapeTarget, ScrapeTargets } from "./scrapeTargets.ts";

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    state: { type: "string" },
    namespace: { type: "string", default: "pyairtable" },
    monitoring: { type: "string", default: "monitoring" },
  },
});
const { kubeconfig, state, namespace, monitoring } = values;
if (!kubeconfig || !state) {
  console.error(
    "Give --kubeconfig FILE and --state DIR; --namespace NAME is pyairtable by default, --monitoring NAME monitoring.",
  );
  process.exit(2);
}
const folder = join(state, "agent");
const readyFile = join(folder, "ready");
mkdirSync(folder, { recursive: true });
rmSync(readyFile, { force: true });

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
await ensureDebianPackages([postgresPackage, prometheusPackage], log);
const files = preparePostgres(state);
const api = new ClusterApi(kubeconfig);
// Nobody can exec before the policy stands: the objects that allow exec come with the processes.
await enforceExecPolicy(api, namespace);
const prometheusFolder = join(folder, "prometheus");
const targets = new ScrapeTargets(join(prometheusFolder, "targets"));
const agents: ReadonlyMap<string, Agent> = new Map(
  [namespace, monitoring].map((name) => {
    const processes = new RealProcesses({ api, namespace: name, files, prometheusFolder, pods: placedPods });
    const onTargets = (all: readonly ScrapeTarget[]) => targets.update(name, all);
    return [name, new Agent({ api, namespace: name, folder, files, processes, onTargets, log })];
  }),
);

let stopping = false;
const stop = async (signal: string) => {
  if (stopping) return;
  stopping = true;
  log(`${signal}: ending every process`);
  rmSync(readyFile, { force: true });
  await Promise.all([...agents.values()].map((agent) => agent.stop()));
  log("All processes have ended");
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

await Promise.all([...agents.values()].map((agent) => agent.start()));
if (!stopping) {
  writeFileSync(`${readyFile}.new`, JSON.stringify({ pid: process.pid, readyAt: new Date().toISOString() }));
  renameSync(`${readyFile}.new`, readyFile);
  log("Every running container has its process");
}

function placedPods(): PlacedPod[] {
  return [...agents].flatMap(([name, agent]) => agent.pods.map((pod) => ({ namespace: name, pod })));
}
