import { slimPod } from "../../src/cluster/pod.ts";
import type { Workload } from "../../src/cluster/workload.ts";
import { WorkloadIndex } from "../../src/cluster/workloadIndex.ts";

/** A pod of a sample workload; `since` is the second in which it became ready or not. */
export interface SamplePod {
  readonly ready: boolean;
  readonly since: number;
  readonly deleted?: boolean;
  readonly restarts?: number;
}

/** A second of the sample minute, as the API writes times. */
export const time = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** A StatefulSet that wants two pods, `db` where not named, with the pods it has. */
export function workloads(...pods: readonly SamplePod[]): Workload[] {
  return named("db", ...pods);
}

/** The same under a name. */
export function named(name: string, ...pods: readonly SamplePod[]): Workload[] {
  const index = new WorkloadIndex();
  index.putSpec({ kind: "StatefulSet", name, desired: 2, selector: `app=${name}` });
  pods.forEach(({ ready, since, deleted, restarts = 0 }, number) => {
    index.putPod(
      slimPod({
        metadata: {
          name: `${name}-${number}`,
          uid: `${number}`,
          ownerReferences: [{ kind: "StatefulSet", name, controller: true }],
          ...(deleted ? { deletionTimestamp: time(49) } : {}),
        },
        spec: { containers: [{ name: "main" }] },
        status: {
          phase: "Running",
          conditions: [{ type: "Ready", status: ready ? "True" : "False", lastTransitionTime: time(since) }],
          containerStatuses: [{ name: "main", ready, restartCount: restarts, state: { running: {} } }],
        },
      }),
    );
  });
  return [...index.workloads()];
}
