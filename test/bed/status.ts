import { existsSync } from "node:fs";
import { runningAgent } from "./agentProcess.ts";
import { clusterProblems, clusterServers, serverPid } from "./cluster.ts";
import type { Kubectl } from "./kubectl.ts";
import type { BedPaths } from "./state.ts";

/** How a bed is. */
export interface BedStatus {
  readonly state: "up" | "broken" | "down";
  /** What is wrong when it is broken. */
  readonly problems: readonly string[];
  /** Its servers and the node agent by process id. */
  readonly processes: Readonly<Record<string, number>>;
}

/** Looks at a bed without changing it. */
export async function readStatus(paths: BedPaths, kubectl: Kubectl): Promise<BedStatus> {
  if (!existsSync(paths.stateDir)) return { state: "down", problems: [], processes: {} };
  const problems = await clusterProblems(paths, kubectl);
  if (!existsSync(paths.completeFile)) problems.push('its last "up" did not end');
  const agent = runningAgent(paths);
  if (agent === undefined) problems.push("the programs behind the pods do not run");
  const processes: Record<string, number> = {};
  for (const server of clusterServers) {
    const pid = serverPid(paths, server);
    if (pid !== undefined) processes[server] = pid;
  }
  if (agent !== undefined) processes["node agent"] = agent.pid;
  return { state: problems.length === 0 ? "up" : "broken", problems, processes };
}
