import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiContainerStatus, ApiPod } from "../../src/cluster/apiTypes.ts";
import { type Pod, slimPod } from "../../src/cluster/pod.ts";
import { podColumns, whyLine } from "../../src/cluster/podColumns.ts";
import type { Workload } from "../../src/cluster/workload.ts";
import { WorkloadIndex } from "../../src/cluster/workloadIndex.ts";

type Status = NonNullable<ApiPod["status"]>;

const now = Date.parse("2026-01-01T01:00:00Z");
const main = (more: Partial<ApiContainerStatus>): ApiContainerStatus => ({ name: "main", ...more });
const crashed = { exitCode: 1, reason: "Error", finishedAt: "2026-01-01T00:55:00Z" };
const ready = main({ ready: true, state: { running: {} } });

function pod(status: Status, more: { deleted?: boolean; name?: string } = {}): ApiPod {
  const { name = "p" } = more;
  const times = { creationTimestamp: "2026-01-01T00:00:00Z" };
  return {
    metadata: { name, uid: name, ...times, ...(more.deleted ? { deletionTimestamp: "2026-01-01T00:59:00Z" } : {}) },
    spec: { containers: [{ name: "main", image: "shop/main:1" }], initContainers: [{ name: "migrate" }] },
    status,
  };
}

const cases: [string, ApiPod, string][] = [
  ["a ready pod", pod({ phase: "Running", containerStatuses: [ready] }), "ok "],
  ["a finished pod", pod({ phase: "Succeeded", containerStatuses: [main({ state: { terminated: {} } })] }), "done "],
  [
    "a pod that starts",
    pod({ phase: "Pending", containerStatuses: [main({ state: { waiting: { reason: "ContainerCreating" } } })] }),
    "starting ",
  ],
  [
    "a crash loop, by its last end",
    pod({
      phase: "Running",
      containerStatuses: [
        main({
          restartCount: 3,
          state: { waiting: { reason: "CrashLoopBackOff" } },
          lastState: { terminated: crashed },
        }),
      ],
    }),
    "error main ended with exit code 1 (Error) 5m ago",
  ],
  [
    "a signal",
    pod({ phase: "Failed", containerStatuses: [main({ state: { terminated: { exitCode: 137, signal: 9 } } })] }),
    "error main ended with signal 9",
  ],
  [
    "an image that is not there",
    pod({
      phase: "Pending",
      containerStatuses: [main({ state: { waiting: { reason: "ErrImagePull", message: "not\nfound" } } })],
    }),
    "error image shop/main:1 of main cannot be pulled: not found",
  ],
  [
    "a failed init container",
    pod({
      phase: "Pending",
      initContainerStatuses: [{ name: "migrate", state: { terminated: { exitCode: 2 } } }],
      containerStatuses: [main({ state: { waiting: { reason: "PodInitializing" } } })],
    }),
    "error migrate ended with exit code 2",
  ],
  [
    "a missing secret",
    pod({
      phase: "Pending",
      containerStatuses: [
        main({ state: { waiting: { reason: "CreateContainerConfigError", message: 'secret "x" not found' } } }),
      ],
    }),
    'error main: secret "x" not found',
  ],
  [
    "no node",
    pod({
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes" }],
    }),
    "error no node takes it: 0/3 nodes",
  ],
  [
    "a gate",
    pod({ phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }] }),
    "warning no node takes it: SchedulingGated",
  ],
  [
    "a failing readiness probe",
    pod({ phase: "Running", containerStatuses: [main({ state: { running: {} } })] }),
    "warning main runs, but its readiness probe has not succeeded",
  ],
  [
    "not ready again after a crash",
    pod({
      phase: "Running",
      containerStatuses: [main({ state: { running: {} }, lastState: { terminated: crashed } })],
    }),
    "warning main is not ready; before, main ended with exit code 1 (Error) 5m ago",
  ],
  [
    "ready containers on a node that fell silent",
    pod({ phase: "Running", containerStatuses: [ready], conditions: [{ type: "Ready", status: "False" }] }),
    "warning is not Ready: its node or a readiness gate says so",
  ],
  [
    "an eviction",
    pod({ phase: "Failed", reason: "Evicted", message: "The node was low on memory." }),
    "error Evicted: The node was low on memory.",
  ],
  ["a deletion", pod({ phase: "Running", containerStatuses: [ready] }, { deleted: true }), "warning is being deleted"],
];

for (const [name, of, expected] of cases) {
  test(`why and how bad: ${name}`, () => {
    const slim = slimPod(of);
    assert.equal(`${slim.trouble.severity} ${whyLine(slim, now)}`, expected);
  });
}

test("RESTARTS and AGE are written as kubectl does", () => {
  const crashing = pod({
    phase: "Running",
    containerStatuses: [main({ restartCount: 3, state: { running: {} }, lastState: { terminated: crashed } })],
  });
  const { restarts, age } = podColumns(slimPod(crashing), now);
  assert.deepEqual([restarts, age], ["3 (5m ago)", "60m"]);
  assert.equal(podColumns({ ...slimPod(crashing), createdAt: Number.NaN }, now).age, "<unknown>");
});

test("what is kept of a pod is at most 1 KB, whatever the cluster says", () => {
  const waiting = { reason: "ErrImagePull", message: "long ".repeat(1000) };
  const slim = slimPod(pod({ phase: "Pending", containerStatuses: [main({ state: { waiting } })] }));
  assert.ok(JSON.stringify(slim).length <= 1024);
});

test("the worst pods and workloads come first, the others by name", () => {
  const bad = { phase: "Failed", reason: "Evicted" };
  const well = { phase: "Running", containerStatuses: [ready] };
  const states: [string, Status][] = [
    ["a", well],
    ["b", bad],
    ["c", well],
  ];
  const pods = states.map(([name, status]) => slimPod(pod(status, { name })));
  assert.deepEqual(
    workloadsOf(pods).map(({ name }) => name),
    ["b", "a", "c"],
  );
  const owned = pods.map((one) => ({ ...one, owner: { kind: "Job" as const, name: "job" } }));
  assert.deepEqual(
    workloadsOf(owned)[0]?.pods.map(({ name }) => name),
    ["b", "a", "c"],
  );
});

function workloadsOf(pods: readonly Pod[]): readonly Workload[] {
  const index = new WorkloadIndex();
  for (const one of pods) index.putPod(one);
  return index.workloads();
}
