import { humanDuration } from "./humanDuration.ts";
import type { Pod } from "./pod.ts";

/** The columns of `kubectl get pods`, but for the name. */
export interface PodColumns {
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
}

/** A pod as `kubectl get pods` prints it at the moment `now`, in ms since the epoch. */
export function podColumns({ status, createdAt }: Pod, now: number): PodColumns {
  const { ready, total, text, restarts, lastRestartAt } = status;
  const ago = restarts > 0 && lastRestartAt !== null ? ` (${humanDuration(now - lastRestartAt)} ago)` : "";
  return {
    ready: `${ready}/${total}`,
    status: text,
    restarts: `${restarts}${ago}`,
    age: Number.isNaN(createdAt) ? "<unknown>" : humanDuration(now - createdAt),
  };
}

/** Why the pod is not as it should be, with how long ago that was; empty where there is nothing to say. */
export function whyLine({ trouble }: Pod, now: number): string {
  const { why, at } = trouble;
  return why === "" || at === null ? why : `${why} ${humanDuration(now - at)} ago`;
}
