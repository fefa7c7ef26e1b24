import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { programsFolder } from "./agent/programs.ts";
import type { Binaries } from "./build.ts";
import { clusterConfig, portCount } from "./clusterConfig.ts";
import { BedError } from "./errors.ts";
import { kubernetesVersion } from "./go/modules.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import type { Kubectl } from "./kubectl.ts";
import { workerNodes } from "./nodes.ts";
import { freePorts } from "./ports.ts";
import { bedEnvironment, bedProcesses, endProcesses, type RunningProcess, readProcess } from "./processes.ts";
import type { BedPaths } from "./state.ts";

/** The servers of a cluster, as kwokctl names their process-id files. */
export const clusterServers = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok-controller",
  "metrics-server",
] as const;

const startTries = 3;
export const stagesDir = join(import.meta.dirname, "stages");

/**
 * Starts an API server, its controllers and a simulated kubelet in an empty state folder. A port taken meanwhile by
 * someone else is answered by another try with others. Raises BedError `cluster-start`.
 */
export async function startCluster(
  paths: BedPaths,
  binaries: Binaries,
  log: (line: string) => void,
  pickPorts: (count: number) => Promise<number[]> = freePorts,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const trouble = await tryStart(paths, binaries, await pickPorts(portCount));
    if (trouble === undefined) break;
    await endProcesses(bedProcesses(paths.stateDir), 0);
    if (attempt === startTries) {
      throw new BedError("cluster-start", `The cluster does not start; see ${paths.stateDir}. ${trouble}`);
    }
    log(`  The cluster did not start (${trouble.split("\n")[0]}); trying again with other ports`);
  }
  writeKubeconfig(paths);
}

/** Gives the cluster its nodes and the rules by which pods come and go, and waits until the nodes are ready. */
export async function furnishCluster(kubectl: Kubectl): Promise<void> {
  const apply = (file: string): Promise<string> => kubectl(["apply", "--server-side", "-f", join(stagesDir, file)]);
  await apply("node.yaml");
  await ensureNodes(kubectl);
  // Only now: a simulated kubelet that learns of pods before nodes would go on caring for the pods of a node it lost.
  for (const file of readdirSync(stagesDir).filter((name) => name.startsWith("pod-"))) await apply(file);
}

/** Creates the workers that do not exist, and waits until all are ready to take pods. */
export async function ensureNodes(kubectl: Kubectl): Promise<void> {
  const existing = (await kubectl(["get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"])).split(" ");
  const items = workerNodes().filter(({ metadata }) => !existing.includes(metadata.name));
  if (items.length > 0) {
    await kubectl(["create", "-f", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }) });
  }
  const all = workerNodes().map(({ metadata }) => `node/${metadata.name}`);
  await kubectl(["wait", "--for=condition=Ready", ...all, "--timeout=50s"]);
  await kubectl(["uncordon", ...all.map((node) => node.slice("node/".length))]);
}

/** What keeps the cluster from being whole, in words; empty when it answers. */
export async function clusterProblems(paths: BedPaths, kubectl: Kubectl): Promise<string[]> {
  if (!existsSync(paths.kubeconfig)) return ["there is no kubeconfig"];
  const dead = clusterServers.filter((server) => !serverRuns(paths, server));
  if (dead.length > 0) return dead.map((server) => `${server} is not running`);
  try {
    await kubectl(["get", "--raw", "/readyz"], { timeoutMs: 10_000 });
    return [];
  } catch (error) {
    return [`the API server does not answer: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The process id of a server, or undefined when it does not run as one of this bed. */
export function serverPid(paths: BedPaths, server: string): number | undefined {
  const file = join(paths.clusterDir, "pids", `${server}.pid`);
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  return Number.isInteger(pid) && bedProcesses(paths.stateDir).some((entry) => entry.pid === pid) ? pid : undefined;
}

/** Processes of the bed that are none of its servers: what an agent that was killed left. */
export function strayProcesses(paths: BedPaths): RunningProcess[] {
  const servers = new Set(clusterServers.map((server) => serverPid(paths, server)));
  return bedProcesses(paths.stateDir).filter(({ pid }) => !servers.has(pid));
}

function serverRuns(paths: BedPaths, server: string): boolean {
  return serverPid(paths, server) !== undefined;
}

/** What kwok runs in pods it looks for on its own PATH: the agent's programs come before the machine's. */
function kwokEnvironment(paths: BedPaths): NodeJS.ProcessEnv {
  const path = [programsFolder(paths.stateDir), process.env["PATH"]].join(delimiter);
  return { PATH: path, KWOK_WORKDIR: paths.kwokWorkDir, KWOK_KUBE_VERSION: kubernetesVersion };
}

/** Runs kwokctl once. Gives what went wrong, or undefined. */
async function tryStart(paths: BedPaths, binaries: Binaries, ports: readonly number[]): Promise<string | undefined> {
  rmSync(paths.kwokWorkDir, { recursive: true, force: true });
  mkdirSync(paths.kwokWorkDir, { recursive: true });
  const config = join(paths.stateDir, "kwokctl.json");
  writeFileSync(config, clusterConfig(binaries, ports));
  const logFile = openSync(join(paths.stateDir, "kwokctl.log"), "w");
  const args = ["--name", paths.clusterName, "--config", config, "create", "cluster", "--kubeconfig", ""];
  const child = spawn(binaries("kwokctl"), [...args, "--wait", "60s"], {
    env: { ...bedEnvironment(paths.stateDir), ...kwokEnvironment(paths) },
    stdio: ["ignore", logFile, logFile],
  });
  closeSync(logFile);
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const watching = new AbortController();
  const died = firstDeath(paths, watching.signal);
  const result = await Promise.race([ended, died]);
  watching.abort();
  if (typeof result === "string") {
    child.kill("SIGKILL");
    await ended;
    return `${result} ended at once:\n${tail(join(paths.clusterDir, "logs", `${result}.log`))}`;
  }
  if (result?.code === 0) return undefined;
  return `kwokctl ended with ${result?.code ?? result?.signal}:\n${tail(join(paths.stateDir, "kwokctl.log"))}`;
}

/** Resolves with the name of the first server that was started and is gone, or undefined when told to stop looking. */
async function firstDeath(paths: BedPaths, signal: AbortSignal): Promise<string | undefined> {
  const pids = join(paths.clusterDir, "pids");
  // kwokctl waits two minutes for a server that died of a taken port, and no event tells of it.
  while (!signal.aborted) {
    const files = existsSync(pids) ? readdirSync(pids) : [];
    for (const file of files) {
      const pid = Number(readFileSync(join(pids, file), "utf8"));
      if (pid > 0 && readProcess(pid) === undefined) return file.replace(/\.pid$/, "");
    }
    await delay(200);
  }
  return undefined;
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-5).join("\n") : "(no log)";
}
