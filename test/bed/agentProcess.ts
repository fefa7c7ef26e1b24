import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { demoNamespace, monitoringNamespace } from "./demo.ts";
import { BedError } from "./errors.ts";
import { bedEnvironment, bedProcesses, endProcesses, type RunningProcess } from "./processes.ts";
import type { BedPaths } from "./state.ts";

const startMs = 90_000;
const stopMs = 15_000;

/** The running node agent of the bed, or undefined. */
export function runningAgent(paths: BedPaths): RunningProcess | undefined {
  const file = join(paths.agentDir, "ready");
  if (!existsSync(file)) return undefined;
  const { pid } = JSON.parse(readFileSync(file, "utf8")) as { pid?: number };
  return bedProcesses(paths.stateDir).find((entry) => entry.pid === pid);
}

/**
 * Starts the node agent, which stands behind the pods with real programs, and waits until it says that it is ready. It
 * goes on when this process ends. Raises BedError `agent-failed` with the end of its log.
 */
export async function startAgent(checkout: string, paths: BedPaths): Promise<void> {
  const main = join(checkout, "test", "bed", "agent", "main.ts");
  if (!existsSync(main)) throw new BedError("agent-failed", `The node agent is missing: restore ${main} with git.`);
  mkdirSync(paths.agentDir, { recursive: true });
  const ready = join(paths.agentDir, "ready");
  rmSync(ready, { force: true });
  const log = join(paths.agentDir, "agent.log");
  const output = openSync(log, "a");
  const names = { namespace: demoNamespace, monitoring: monitoringNamespace };
  const options = { kubeconfig: paths.kubeconfig, state: paths.stateDir, ...names };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [main, ...args], {
    cwd: checkout,
    env: bedEnvironment(paths.stateDir),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let trouble: string | undefined;
  child.on("error", (error) => {
    trouble = error.message;
  });
  child.on("exit", (code, signal) => {
    trouble ??= `it ended with ${code ?? signal}`;
  });
  const deadline = performance.now() + startMs;
  // The file is the agreed sign; it appears once.
  while (!existsSync(ready)) {
    if (performance.now() > deadline) trouble ??= `it was not ready within ${startMs / 1000} s`;
    if (trouble !== undefined) {
      const said = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-10).join("\n") : "";
      throw new BedError("agent-failed", `The node agent failed: ${trouble}. Its log is ${log}:\n${said}`);
    }
    await delay(100);
  }
  child.removeAllListeners("exit");
  child.unref();
}

/** Ends the agent, which ends its own children, if it runs. */
export async function stopAgent(paths: BedPaths): Promise<void> {
  const agent = runningAgent(paths);
  if (agent !== undefined) await endProcesses([agent], stopMs);
}
