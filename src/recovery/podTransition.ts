/** A pod as a line of `kubectl get pods` has it. */
export interface PodRow {
  /** STATUS. */
  readonly status: string;
  /** Containers that are ready, of all. */
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
}

/** A pod that has come, changed or gone, as far as `kubectl get pods --watch` would tell. */
export interface PodTransition {
  readonly type: "pod";
  readonly pod: string;
  readonly workload: string;
  /** Null where the pod was not there. */
  readonly was: PodRow | null;
  /** Null where it is gone. */
  readonly is: PodRow | null;
}

/** The pods of a namespace as they were when an incident began to be written down. */
export interface PodsThere {
  readonly type: "pods";
  readonly pods: readonly PodThere[];
}

/** One of them. */
export interface PodThere extends PodRow {
  readonly pod: string;
  readonly workload: string;
}

/** Whether two lines are the same; null stands for a pod that is not there. */
export function isSameRow(one: PodRow | null, other: PodRow | null): boolean {
  if (!one || !other) return one === other;
  return (
    one.status === other.status &&
    one.ready === other.ready &&
    one.total === other.total &&
    one.restarts === other.restarts
  );
}

/** Whether a transition made a pod serve, or ended that. */
export function changesService({ was, is }: PodTransition): boolean {
  return serves(was) !== serves(is);
}

/** As in `api-1: 0/1 Pending → 1/1 Running`. */
export function transitionWords(transition: PodTransition): string {
  return `${transition.pod}: ${changeWords(transition)}`;
}

/** As in `0/1 Pending → 1/1 Running`; a pod that has come is `new`, one that went is `gone`. */
export function changeWords({ was, is }: PodTransition): string {
  const from = was ? `${rowWords(was)} → ` : "new, ";
  if (!is) return `${from}gone`;
  const restarts = is.restarts - (was?.restarts ?? 0);
  return `${from}${rowWords(is)}${restarts > 0 ? `, ${is.restarts} restarts` : ""}`;
}

/** As in `Pods: 7, 5 of them ready`. */
export function podsThereWords({ pods }: PodsThere): string {
  const serving = pods.filter(serves).length;
  return `Pods: ${pods.length}, ${serving === pods.length ? "all" : `${serving} of them`} ready`;
}

function serves(row: PodRow | null): boolean {
  return row?.status === "Running" && row.ready === row.total;
}

function rowWords({ status, ready, total }: PodRow): string {
  return `${ready}/${total} ${status}`;
}
