import assert from "node:assert/strict";
import { test } from "node:test";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import type { Freshness } from "../../src/cluster/namespaceWatch.ts";
import { slimPod } from "../../src/cluster/pod.ts";
import type { Workload } from "../../src/cluster/workload.ts";
import { combinedWords, statusWords } from "../../src/ui/pods/statusWords.ts";
import { breakableWords } from "../../src/ui/pods/viewMessage.ts";

const now = 1_000_000_000;
const target = { context: "staging", namespace: "pyairtable" };
const error = new ClusterError("unreachable", "Cannot reach it.", "Check the VPN.");

function workload(desired: number, ready: number): Workload {
  const pods = Array.from({ length: desired }, (_, index) =>
    slimPod({
      metadata: { name: `p${index}`, uid: `${index}` },
      spec: { containers: [{ name: "main" }] },
      status: {
        phase: "Running",
        containerStatuses: [{ name: "main", ready: index < ready, state: { running: {} } }],
      },
    }),
  );
  return { kind: "Deployment", name: "api", desired, selector: "app=web", pods };
}

const words = (freshness: Freshness, ...workloads: Workload[]) => statusWords({ target, freshness, workloads }, now);

test("a check mark stands only where it is known now that all pods are ready", () => {
  assert.equal(words({ state: "live" }, workload(7, 7)).text, "$(check) 7/7 pyairtable");
  assert.equal(words({ state: "live" }, workload(7, 5)).text, "$(warning) 5/7 pyairtable");
  assert.equal(words({ state: "live" }).text, "$(circle-slash) no pods in pyairtable");
  assert.equal(words({ state: "connecting" }).text, "$(sync) pyairtable");
  assert.equal(words({ state: "failed", error }).text, "$(error) pyairtable not known");
  const stale = words({ state: "stale", since: now - 42_000, error }, workload(7, 7));
  assert.equal(stale.text, "$(history) 7/7 pyairtable as of 42s ago");
  assert.equal(stale.warns, true);
});

test("more pods than wanted do not make up for another workload's missing ones", () => {
  const surge = { ...workload(3, 3), desired: 2 };
  assert.equal(words({ state: "live" }, surge, workload(2, 1)).text, "$(warning) 3/4 pyairtable");
});

test("the tooltip names the context, how old it is, and the worst pods with why", () => {
  const { tooltip } = words({ state: "live" }, workload(7, 0));
  assert.match(tooltip, /^staging\/pyairtable · live\np0: Running, main runs, but its readiness probe/);
  assert.match(tooltip, /\nand 2 more$/);
});

test("of several targets each is told, and a check mark stands for all only where all are known to be well", () => {
  const well = words({ state: "live" }, workload(7, 7));
  const failed = words({ state: "failed", error });
  const both = combinedWords([well, failed]);
  assert.equal(both.text, "$(check) 7/7 pyairtable $(error) pyairtable not known");
  assert.equal(both.warns, true);
  assert.equal(combinedWords([well, well, well, failed]).text, "$(check) 7/7 pyairtable $(warning) 3 of 4 targets");
  assert.equal(combinedWords([well, well, well, well]).text, "$(check) 7/7 pyairtable $(check) 4 of 4 targets");
  assert.deepEqual(combinedWords([well]), well);
});

test("beside its name, the row of a target says how much of it is ready and how old that is", () => {
  assert.equal(words({ state: "live" }, workload(7, 5)).short, "5/7 ready · live");
  const stale = words({ state: "stale", since: now - 42_000, error }, workload(7, 7));
  assert.equal(stale.short, "7/7 ready as of 42s ago");
  assert.equal(words({ state: "failed", error }).short, "not known: Cannot reach it.");
  assert.equal(words({ state: "live" }).short, "no pods");
});

test("a pod that fails is warned of though enough are ready, as in a rollout that is stuck; a leftover is not", () => {
  const failing = (phase: string) =>
    slimPod({
      metadata: { name: "new", uid: "new" },
      spec: { containers: [{ name: "main" }] },
      status: {
        phase,
        ...(phase === "Failed" ? { reason: "Evicted" } : {}),
        containerStatuses: [{ name: "main", ready: false, state: { waiting: { reason: "ImagePullBackOff" } } }],
      },
    });
  const whole = workload(2, 2);
  const withPod = (phase: string) => ({ ...whole, pods: [...whole.pods, failing(phase)] });
  assert.equal(words({ state: "live" }, withPod("Pending")).text, "$(warning) 2/2 pyairtable");
  assert.equal(words({ state: "live" }, withPod("Failed")).text, "$(check) 2/2 pyairtable");
});

test("long words may be broken behind their signs, short ones stay", () => {
  const words = breakableWords('User "system:serviceaccount:pyairtable:onlooker" of https://10.0.0.1');
  assert.equal(
    words.replaceAll("\u200b", "|"),
    'User "system:|serviceaccount:|pyairtable:|onlooker" of https://10.0.0.1',
  );
});
