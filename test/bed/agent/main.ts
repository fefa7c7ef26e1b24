// The node agent of the bed: what stands behind the simulated containers. Started by the bed, ends on SIGTERM.

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Agent } from "./agent.ts";
import { ClusterApi } from "./api.ts";
import { enforceExecPolicy } from "./execPolicy.ts";
import { preparePostgres } from "./postgresFiles.ts";
import { RealProcesses } from "./realProcesses.ts";

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    state: { type: "string" },
    namespace: { type: "string", default: "pyairtable" },
  },
});
const { kubeconfig, state, namespace } = values;
if (!kubeconfig || !state) {
  console.error("Give --kubeconfig FILE and --state DIR; --namespace NAME is pyairtable by default.");
  process.exit(2);
}
const folder = join(state, "agent");
const readyFile = join(folder, "ready");
mkdirSync(folder, { recursive: true });
rmSync(readyFile, { force: true });

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const files = await preparePostgres(state, log);
const api = new ClusterApi(kubeconfig);
// Nobody can exec before the policy stands: the objects that allow exec come with the processes.
await enforceExecPolicy(api, namespace);
const agent = new Agent({
  api,
  namespace,
  folder,
  files,
  processes: new RealProcesses(api, namespace, files),
  log,
});

let stopping = false;
const stop = async (signal: string) => {
  if (stopping) return;
  stopping = true;
  log(`${signal}: ending every process`);
  rmSync(readyFile, { force: true });
  await agent.stop();
  log("All processes have ended");
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

await agent.start();
if (!stopping) {
  writeFileSync(`${readyFile}.new`, JSON.stringify({ pid: process.pid, readyAt: new Date().toISOString() }));
  renameSync(`${readyFile}.new`, readyFile);
  log("Every running container has its process");
}
