// The process that stands for the extension host in the bench of the pods: it follows a namespace as the Pods view does,
// from the API's answer to the rows that VS Code would be told to draw. Started with a kubeconfig and a namespace.

import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "../../src/cluster/connection.ts";
import { pinTarget } from "../../src/cluster/kubeconfig.ts";
import { plainArrangement } from "../../src/ui/pods/podsArrangement.ts";
import { PodsTree } from "../../src/ui/pods/podsTree.ts";

/** What the follower has measured of its first reading; times in ms, memory in bytes. */
export interface FirstTree {
  readonly firstPageMs: number;
  readonly completeMs: number;
  readonly pods: number;
  readonly heapGrowth: number;
  readonly longestStopMs: number;
}

/** What it has measured while it was asked to follow. */
export interface Following {
  /** Processor time, in ms. */
  readonly processorMs: number;
  readonly longestStopMs: number;
  /** `pod restarts` → when its row was told to be drawn, in ms since the epoch. */
  readonly seen: Readonly<Record<string, number>>;
}

/** As the model of the Pods view has it. */
const coalesceMs = 50;
const [kubeconfig = "", namespace = ""] = process.argv.slice(2);
const collect = globalThis.gc ?? (() => {});
const stops = monitorEventLoopDelay({ resolution: 10 });
const seen: Record<string, number> = {};

/** In ms, beyond the monitor's own pause. */
function longestStop(): number {
  const longest = Math.max(0, stops.max / 1e6 - 10);
  stops.reset();
  return longest;
}

const pinned = await pinTarget([kubeconfig], { kubeconfig: "", context: "", namespace });
// What every first request of a process costs is paid before.
const connection = new Connection(pinned);
await connection.readyPod("app=none", AbortSignal.timeout(10_000));
collect();
const heapBefore = process.memoryUsage().heapUsed;
stops.enable();
await delay(50);
longestStop();
const startedAt = performance.now();
let timer: NodeJS.Timeout | undefined;
let firstPageMs = 0;
const tree = new PodsTree();
const complete = Promise.withResolvers<void>();

const watch = connection.watch({
  onChange: () => {
    timer ??= setTimeout(draw, firstPageMs === 0 ? 0 : coalesceMs);
  },
  onBug: (error) => {
    throw error;
  },
  now: Date.now,
});

function draw(): void {
  timer = undefined;
  const { freshness } = watch;
  const workloads = watch.workloads();
  const rows = tree.update({ target: pinned.target, freshness, workloads }, plainArrangement, Date.now());
  if (firstPageMs === 0 && workloads.length > 0) firstPageMs = performance.now() - startedAt;
  if (freshness.state === "live") complete.resolve();
  for (const row of rows ?? tree.children()) {
    const pods = row.kind === "workload" ? row.workload.pods : row.kind === "pod" ? [row.pod] : [];
    for (const pod of pods) seen[`${pod.name} ${pod.status.restarts}`] ??= Date.now();
  }
}

await complete.promise;
const completeMs = performance.now() - startedAt;
const longestStopMs = longestStop();
await delay(200);
collect();
const pods = watch.workloads().reduce((sum, workload) => sum + workload.pods.length, 0);
const heapGrowth = process.memoryUsage().heapUsed - heapBefore;
process.send?.({ firstPageMs, completeMs, pods, heapGrowth, longestStopMs } satisfies FirstTree);

for (;;) {
  const [order] = (await once(process, "message")) as ["idle" | "begin" | "end" | "stop"];
  if (order === "stop") break;
  if (order !== "end") {
    // The monitor itself wakes a process that has nothing to do.
    if (order === "idle") stops.disable();
    else stops.enable();
    longestStop();
    for (const key of Object.keys(seen)) delete seen[key];
    const before = process.cpuUsage();
    await once(process, "message");
    const used = process.cpuUsage(before);
    process.send?.({
      processorMs: (used.user + used.system) / 1000,
      longestStopMs: longestStop(),
      seen,
    } satisfies Following);
  }
}
clearTimeout(timer);
watch.dispose();
process.disconnect();
