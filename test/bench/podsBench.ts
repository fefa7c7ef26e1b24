import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { type BedApi, openApi } from "../bed/api.ts";
import { type Bed, bedDown, bedUp } from "../bed/bed.ts";
import { bedScale, scaleNamespace } from "../bed/scale.ts";
import { bedPaths } from "../bed/state.ts";
import { type Claim, middle } from "./measure.ts";
import type { FirstTree, Following } from "./podsFollower.ts";

const checkout = resolve(import.meta.dirname, "../..");
const name = "bench";
const log = (line: string) => console.error(line);
const podCount = 10_000;
const rounds = 5;
const idleSeconds = 20;
const eventSeconds = 10;
const eventsPerSecond = 100;
const ticksPerSecond = 100;

/** The Pods view with ten thousand pods, against kubectl on the same API server. */
export async function podsClaims(): Promise<Claim[]> {
  const bed = await bedUp({ checkout, name, log });
  const api = openApi(bedPaths(bed), 24);
  try {
    await bedScale(bed, podCount, log);
    return await measure(bed, api);
  } finally {
    api.close();
    await bedDown({ checkout, name, log });
  }
}

async function measure(bed: Bed, api: BedApi): Promise<Claim[]> {
  const firsts: FirstTree[] = [];
  const kubectls: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await promisify(execFile)(bed.kubectl, getPods, { env: environment(bed), maxBuffer: 64 * 1024 * 1024 });
    kubectls.push(performance.now() - began);
    const { child, first } = await follow(bed);
    firsts.push(first);
    if (first.pods !== podCount) throw new Error(`The tree has ${first.pods} pods instead of ${podCount}.`);
    if (round < rounds - 1) await stop(child);
    else return [...firstClaims(firsts, kubectls), ...(await followingClaims(bed, api, child))];
  }
  return [];
}

function firstClaims(firsts: readonly FirstTree[], kubectls: readonly number[]): Claim[] {
  const ratio = (of: (first: FirstTree) => number) =>
    middle(firsts.map((first, round) => of(first) / (kubectls[round] ?? Number.NaN)));
  const kubectl = `× kubectl get pods, ${(middle(kubectls).value / 1000).toFixed(2)} s`;
  return [
    { name: "first complete tree of 10,000 pods", unit: kubectl, ...ratio((one) => one.completeMs), bound: 0.4 },
    { name: "first page of it", unit: kubectl, ...ratio((one) => one.firstPageMs), bound: 0.15 },
    { name: "memory it takes", unit: "MiB", ...middle(firsts.map((one) => one.heapGrowth / 2 ** 20)), bound: 20 },
    {
      name: "longest stop of the event loop meanwhile",
      unit: "ms",
      ...middle(firsts.map((one) => one.longestStopMs)),
      bound: 50,
    },
  ];
}

async function followingClaims(bed: Bed, api: BedApi, child: ChildProcess): Promise<Claim[]> {
  const idle = await during(child, "idle", () => delay(idleSeconds * 1000));
  const watching = spawn(bed.kubectl, [...getPods, "-w"], {
    env: environment(bed),
    stdio: ["ignore", "pipe", "ignore"],
  });
  watching.stdout.resume();
  await once(watching.stdout, "data");
  await delay(5000);
  const kubectlBefore = processorMs(watching);
  const sent = new Map<string, number>();
  const busy = await during(child, "begin", () => makeEvents(api, sent));
  const kubectlMs = processorMs(watching) - kubectlBefore;
  watching.kill();
  await stop(child);
  const latencies = [...sent]
    .map(([key, at]) => (busy.seen[key] ?? Number.POSITIVE_INFINITY) - at)
    .sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0;
  const one = (value: number) => ({ value, least: value, most: value });
  return [
    {
      name: "processor time of an idle minute",
      unit: "s",
      ...one((idle.processorMs / 1000) * (60 / idleSeconds)),
      bound: 0.5,
    },
    {
      name: `${eventsPerSecond} pod events a second: change drawn, 99th percentile`,
      unit: "ms",
      value: at(0.99),
      least: at(0.5),
      most: at(1),
      bound: 300,
    },
    {
      name: "processor time meanwhile",
      unit: `× kubectl get pods -w, ${(kubectlMs / 1000).toFixed(2)} s`,
      ...one(busy.processorMs / kubectlMs),
      bound: 1.5,
    },
    { name: "longest stop of the event loop meanwhile", unit: "ms", ...one(busy.longestStopMs), bound: 50 },
  ];
}

/** Changes the restarts of pods, of the first page first; notes when each change was answered, in ms since the epoch. */
async function makeEvents(api: BedApi, sent: Map<string, number>): Promise<void> {
  const began = performance.now();
  const answers: Promise<void>[] = [];
  for (let count = 0; count < eventSeconds * eventsPerSecond; count++) {
    const wait = began + (count * 1000) / eventsPerSecond - performance.now();
    if (wait > 0) await delay(wait);
    const pod = `load-${String((count % pageOfPods) + 1).padStart(5, "0")}`;
    const restarts = 1 + Math.floor(count / pageOfPods);
    answers.push(restart(api, pod, restarts, sent));
  }
  await Promise.all(answers);
  await delay(1000);
}

const pageOfPods = 90;

async function restart(api: BedApi, pod: string, restarts: number, sent: Map<string, number>): Promise<void> {
  const path = `/api/v1/namespaces/${scaleNamespace}/pods/${pod}`;
  const object = (await api.send("GET", path)) as { status: { containerStatuses: { restartCount: number }[] } };
  for (const status of object.status.containerStatuses) status.restartCount = restarts;
  // The simulated kubelet may have been quicker: then nothing has changed, and nothing is to be seen.
  const answer = (await api.send("PUT", `${path}/status`, object, [409])) as { kind: string };
  if (answer.kind === "Pod") sent.set(`${pod} ${restarts}`, Date.now());
}

async function follow(bed: Bed): Promise<{ child: ChildProcess; first: FirstTree }> {
  const script = join(import.meta.dirname, "podsFollower.ts");
  const child = fork(script, [bed.kubeconfig, scaleNamespace], { execArgv: ["--expose-gc"] });
  const [first] = (await once(child, "message")) as [FirstTree];
  return { child, first };
}

async function during(child: ChildProcess, order: "idle" | "begin", work: () => Promise<void>): Promise<Following> {
  child.send(order);
  await work();
  const told = once(child, "message") as Promise<[Following]>;
  child.send("end");
  return (await told)[0];
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.send("stop");
  await exit;
}

const getPods = ["get", "pods", "-n", scaleNamespace];

function environment(bed: Bed): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"], KUBECONFIG: bed.kubeconfig };
}

/** What a process of Linux has used of processors, in ms. */
function processorMs({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
