import type { HealthChange } from "../recovery/healthChange.ts";
import { whyLine } from "./podColumns.ts";
import { isWhole, readyCount, unsettledPod, type Workload } from "./workload.ts";

/** How a workload was when it was looked at last. */
interface Seen {
  /** One that has not changed stays the same object. */
  readonly workload: Workload;
  readonly whole: boolean;
  /** Restarts by pod. */
  readonly restarts: ReadonlyMap<string, number>;
}

/** Tells what has changed in the health of workloads from one look to the next: whole or not, and containers that restarted. */
export class HealthChanges {
  #seen: Map<string, Seen> | null = null;

  /** What is new since the last look; at the first, what is not whole. `at` is in ms since the epoch. */
  look(workloads: readonly Workload[], at: number): HealthChange[] {
    const before = this.#seen;
    this.#seen = new Map(
      workloads.map((workload) => {
        const known = before?.get(keyOf(workload));
        return [keyOf(workload), known?.workload === workload ? known : see(workload)];
      }),
    );
    const there = workloads.flatMap((workload) => {
      const now = this.#seen?.get(keyOf(workload));
      const was = before?.get(keyOf(workload));
      if (was?.workload === workload) return [];
      const turned = was ? was.whole !== now?.whole : now?.whole === false;
      return [...(turned ? [transition(workload, at)] : []), ...(was ? restarts(workload, was, at) : [])];
    });
    const gone = [...(before ?? [])].flatMap(([key]) =>
      this.#seen?.has(key) ? [] : [{ ...nothingLeft, name: key.slice(key.indexOf("/") + 1) }],
    );
    return [...there, ...gone];
  }
}

const nothingLeft = { type: "workload", whole: false, ready: 0, wanted: 0, why: "it is gone" } as const;

function keyOf({ kind, name }: Workload): string {
  return `${kind}/${name}`;
}

function see(workload: Workload): Seen {
  return {
    workload,
    whole: isWhole(workload),
    restarts: new Map(workload.pods.map(({ uid, status }) => [uid, status.restarts])),
  };
}

function transition(workload: Workload, at: number): HealthChange {
  const { ready, wanted } = readyCount(workload);
  const whole = isWhole(workload);
  const unsettled = unsettledPod(workload);
  return {
    type: "workload",
    name: workload.name,
    whole,
    ready,
    wanted,
    why: unsettled ? whyLine(unsettled, at) : "",
  };
}

function restarts(workload: Workload, { restarts: before }: Seen, at: number): HealthChange[] {
  return workload.pods.flatMap((pod) =>
    pod.status.restarts > (before.get(pod.uid) ?? 0)
      ? [{ type: "restart" as const, workload: workload.name, pod: pod.name, why: whyLine(pod, at) }]
      : [],
  );
}
