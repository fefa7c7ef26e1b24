import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiContainerStatus, ApiPod } from "../../src/cluster/apiTypes.ts";
import { podStatus } from "../../src/cluster/podStatus.ts";

type Status = NonNullable<ApiPod["status"]>;

function pod(status: Status, spec: ApiPod["spec"] = { containers: [{ name: "main" }] }, deleted = false): ApiPod {
  const metadata = { name: "p", uid: "u", ...(deleted ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}) };
  return { metadata, spec, status };
}

const main = (more: Partial<ApiContainerStatus>): ApiContainerStatus => ({ name: "main", ...more });
const running: Partial<ApiContainerStatus> = { ready: true, state: { running: {} } };
const finished = { terminated: { exitCode: 1, finishedAt: "2026-01-01T00:00:00Z" } };

/** `READY STATUS RESTARTS`, as kubectl would print them. */
function line(of: ApiPod): string {
  const { ready, total, text, restarts } = podStatus(of);
  return `${ready}/${total} ${text} ${restarts}`;
}

const cases: [string, ApiPod, string][] = [
  ["running", pod({ phase: "Running", containerStatuses: [main(running)] }), "1/1 Running 0"],
  ["not ready", pod({ phase: "Running", containerStatuses: [main({ state: { running: {} } })] }), "0/1 Running 0"],
  ["no status yet", pod({ phase: "Pending" }), "0/1 Pending 0"],
  [
    "creating",
    pod({ phase: "Pending", containerStatuses: [main({ state: { waiting: { reason: "ContainerCreating" } } })] }),
    "0/1 ContainerCreating 0",
  ],
  [
    "crash loop",
    pod({
      phase: "Running",
      containerStatuses: [
        main({ restartCount: 4, lastState: finished, state: { waiting: { reason: "CrashLoopBackOff" } } }),
      ],
    }),
    "0/1 CrashLoopBackOff 4",
  ],
  [
    "out of memory",
    pod({
      phase: "Running",
      containerStatuses: [main({ state: { terminated: { exitCode: 137, reason: "OOMKilled" } } })],
    }),
    "0/1 OOMKilled 0",
  ],
  [
    "exit code without a reason",
    pod({ phase: "Failed", containerStatuses: [main({ state: { terminated: { exitCode: 3 } } })] }),
    "0/1 ExitCode:3 0",
  ],
  [
    "exit code 0 is absent in JSON",
    pod({ phase: "Succeeded", containerStatuses: [main({ state: { terminated: {} } })] }),
    "0/1 ExitCode:0 0",
  ],
  [
    "signal",
    pod({ phase: "Failed", containerStatuses: [main({ state: { terminated: { signal: 9 } } })] }),
    "0/1 Signal:9 0",
  ],
  ["evicted", pod({ phase: "Failed", reason: "Evicted" }), "0/1 Evicted 0"],
  [
    "gated",
    pod({ phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }] }),
    "0/1 SchedulingGated 0",
  ],
  ["terminating", pod({ phase: "Running", containerStatuses: [main(running)] }, undefined, true), "1/1 Terminating 0"],
  [
    "node lost",
    pod({ phase: "Running", reason: "NodeLost", containerStatuses: [main(running)] }, undefined, true),
    "1/1 Unknown 0",
  ],
  [
    "deleted, but over already",
    pod(
      { phase: "Succeeded", containerStatuses: [main({ state: { terminated: { reason: "Completed" } } })] },
      undefined,
      true,
    ),
    "0/1 Completed 0",
  ],
  [
    "one of two completed, ready",
    pod(
      {
        phase: "Running",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [
          { name: "a", state: { terminated: { reason: "Completed" } } },
          { name: "b", ...running },
        ],
      },
      { containers: [{ name: "a" }, { name: "b" }] },
    ),
    "1/2 Running 0",
  ],
  [
    "one of two completed, not ready",
    pod(
      {
        phase: "Running",
        containerStatuses: [
          { name: "a", state: { terminated: { reason: "Completed" } } },
          { name: "b", ...running },
        ],
      },
      { containers: [{ name: "a" }, { name: "b" }] },
    ),
    "1/2 NotReady 0",
  ],
];

const init = { containers: [{ name: "main" }], initContainers: [{ name: "i1" }, { name: "i2" }] };
const sidecar = {
  containers: [{ name: "main" }],
  initContainers: [{ name: "s", restartPolicy: "Always" }, { name: "i2" }],
};
const done = { state: { terminated: { reason: "Completed" } } };

cases.push(
  [
    "second init container runs",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [
          { name: "i1", ...done },
          { name: "i2", state: { running: {} } },
        ],
      },
      init,
    ),
    "0/1 Init:1/2 0",
  ],
  [
    "init container fails",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [
          { name: "i1", restartCount: 2, state: { terminated: { exitCode: 1, reason: "Error" } } },
        ],
      },
      init,
    ),
    "0/1 Init:Error 2",
  ],
  [
    "init container in a crash loop",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [{ name: "i1", restartCount: 3, state: { waiting: { reason: "CrashLoopBackOff" } } }],
      },
      init,
    ),
    "0/1 Init:CrashLoopBackOff 3",
  ],
  [
    "pod initializing is not a reason",
    pod(
      { phase: "Pending", initContainerStatuses: [{ name: "i1", state: { waiting: { reason: "PodInitializing" } } }] },
      init,
    ),
    "0/1 Init:0/2 0",
  ],
  [
    "init container killed by a signal",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [{ name: "i1", state: { terminated: { exitCode: 137, signal: 9 } } }],
      },
      init,
    ),
    "0/1 Init:Signal:9 0",
  ],
  [
    "restarts of finished init containers no longer count",
    pod(
      {
        phase: "Running",
        conditions: [{ type: "Initialized", status: "True" }],
        initContainerStatuses: [
          { name: "i1", restartCount: 5, ...done },
          { name: "i2", ...done },
        ],
        containerStatuses: [main({ ...running, restartCount: 1 })],
      },
      init,
    ),
    "1/1 Running 1",
  ],
  [
    "a sidecar counts as a container",
    pod(
      {
        phase: "Running",
        conditions: [{ type: "Initialized", status: "True" }],
        initContainerStatuses: [
          { name: "s", restartCount: 2, started: true, ready: true, state: { running: {} } },
          { name: "i2", ...done },
        ],
        containerStatuses: [main(running)],
      },
      sidecar,
    ),
    "2/2 Running 2",
  ],
  [
    "after the sidecar the next init container",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [
          { name: "s", started: true, ready: true, state: { running: {} } },
          { name: "i2", state: { running: {} } },
        ],
      },
      sidecar,
    ),
    "1/2 Init:1/2 0",
  ],
);

for (const [name, of, expected] of cases) {
  test(`kubectl's columns: ${name}`, () => assert.equal(line(of), expected));
}

test("the last restart is the latest end of any container that counts", () => {
  const at = (finishedAt: string) => ({ terminated: { exitCode: 1, finishedAt } });
  const status = podStatus(
    pod({
      phase: "Running",
      containerStatuses: [
        main({ ...running, restartCount: 1, lastState: at("2026-01-01T00:00:00Z") }),
        { name: "b", restartCount: 1, lastState: at("2026-01-02T00:00:00Z") },
      ],
    }),
  );
  assert.equal(status.lastRestartAt, Date.parse("2026-01-02T00:00:00Z"));
});
