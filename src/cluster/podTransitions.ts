import {
  isSameRow,
  type PodRow,
  type PodsThere,
  type PodThere,
  type PodTransition,
} from "../recovery/podTransition.ts";
import { sinceBefore } from "../recovery/recoveryClock.ts";
import type { Pod } from "./pod.ts";
import type { Workload } from "./workload.ts";

/** A transition with its time, in ms since the epoch. */
export interface TimedTransition {
  readonly transition: PodTransition;
  readonly at: number;
}

/**
 * What has become of a pod, seen at `now` (ms since the epoch); null where `kubectl get pods` prints the same. Where it happened
 * long before it was seen, the API's own time counts.
 */
export function podTransition(before: Pod | null, after: Pod | null, now: number): TimedTransition | null {
  const pod = after ?? before;
  const [was, is] = [before && rowOf(before), after && rowOf(after)];
  if (!pod || isSameRow(was, is)) return null;
  return { transition: transitionOf(pod, was, is), at: sinceBefore(now, changedAt(before, after)) ?? now };
}

/** A namespace of more pods is too much for one line. */
const mostPods = 1000;

/** The pods of a namespace as they are now, those in trouble first; of very many, the first of these. */
export function podsThere(workloads: readonly Workload[]): PodsThere {
  const pods = workloads.flatMap((workload) => workload.pods).slice(0, mostPods);
  return { type: "pods", pods: pods.map((pod) => ({ pod: pod.name, workload: pod.owner.name, ...rowOf(pod) })) };
}

/**
 * What has become of pods while nobody looked: between `since` and `now` (ms since the epoch), as far as the pods that are there
 * tell it. `known` are those that are known from before, by their names, as they were last.
 */
export function missedTransitions(
  workloads: readonly Workload[],
  known: ReadonlyMap<string, PodThere>,
  since: number,
  now: number,
): TimedTransition[] {
  // The API tells whole seconds.
  const first = Math.floor(since / 1000) * 1000;
  const pods = workloads.flatMap((workload) => workload.pods);
  const names = new Set(pods.map(({ name }) => name));
  const there = pods.flatMap((pod): TimedTransition[] => {
    const was = justRow(known.get(pod.name));
    const is = rowOf(pod);
    if (isSameRow(was, is) || (was === null && !(pod.createdAt >= first))) return [];
    const { ready = false, since: readySince = 0 } = pod.readiness ?? {};
    const at = ready && readySince >= first ? readySince : was ? now : pod.createdAt;
    return [{ transition: transitionOf(pod, was, is), at }];
  });
  const gone = [...known.values()].flatMap((one): TimedTransition[] => {
    const { pod, workload } = one;
    const transition: PodTransition = { type: "pod", pod, workload, was: justRow(one), is: null };
    return names.has(pod) ? [] : [{ transition, at: now }];
  });
  return [...there, ...gone];
}

function justRow(row: PodRow | undefined): PodRow | null {
  if (!row) return null;
  const { status, ready, total, restarts } = row;
  return { status, ready, total, restarts };
}

function transitionOf({ name, owner }: Pod, was: PodRow | null, is: PodRow | null): PodTransition {
  return { type: "pod", pod: name, workload: owner.name, was, is };
}

function rowOf(pod: Pod): PodRow {
  const { text, ready, total, restarts } = pod.status;
  return { status: text, ready, total, restarts };
}

/** When the API says that it happened, in ms since the epoch; null where it does not say. */
function changedAt(before: Pod | null, after: Pod | null): number | null {
  if (!after) return null;
  if (!before) return after.createdAt;
  return before.readiness?.ready === after.readiness?.ready ? null : (after.readiness?.since ?? null);
}
