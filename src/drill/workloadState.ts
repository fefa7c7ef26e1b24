import type { RestartableKind, WorkloadName } from "../recovery/actions.ts";

/**
 * A workload as far as a drill may change it and has to put it back. Templates and the values of labels and annotations are
 * fingerprints: this is written to the disk, and they can hold secrets.
 */
export interface WorkloadState {
  readonly kind: RestartableKind;
  readonly name: string;
  readonly uid: string;
  /** Null where the kind has none. */
  readonly replicas: number | null;
  /** How pods are replaced in a rollout, as JSON; null where the kind is not a Deployment. */
  readonly strategy: string | null;
  readonly paused: boolean;
  readonly template: string;
  /** The revisions that `kubectl rollout undo` can take it back to: their numbers by their templates. */
  readonly revisions: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The keys of annotations that it has lost since, and that `kubectl rollout undo` brings back with its template. */
  readonly formerAnnotations: readonly string[];
  /** The first container of its pods; empty where there is none. */
  readonly container: string;
  /** The pod that a rollout of a StatefulSet replaces first; null where the kind is another, or it has no pods. */
  readonly lastPod: string | null;
}

/** What a drill can put back of a workload. */
export type Aspect = "replicas" | "template" | "strategy" | "paused";
export const aspects: readonly Aspect[] = ["strategy", "paused", "template", "replicas"];

/** The state of the same workload among others; undefined where it is not there. */
export function stateOf(
  states: readonly WorkloadState[],
  { kind, name }: Pick<WorkloadState, "kind" | "name">,
): WorkloadState | undefined {
  return states.find((one) => one.kind === kind && one.name === name);
}

/** As command lines name it. */
export function nameOf({ kind, name }: WorkloadState, namespace: string): WorkloadName {
  return { kind, name, namespace };
}

/** What differs of workloads from what they were before, each in a few words; empty where all is as before. */
export function differences(before: readonly WorkloadState[], now: readonly WorkloadState[]): string[] {
  return before.flatMap((was) => {
    const is = stateOf(now, was);
    if (!is) return [`${was.name} is gone`];
    return [
      ...aspects.filter((aspect) => was[aspect] !== is[aspect]).map((aspect) => aspectWords(was, is, aspect)),
      ...changedKeys(was.labels, is.labels).map((key) => `the label ${key} of ${was.name}`),
      ...changedKeys(was.annotations, is.annotations).map((key) => `the annotation ${key} of ${was.name}`),
    ];
  });
}

/** An aspect that differs, as in `the pod template of api-gateway`. */
export function aspectWords(was: WorkloadState, is: WorkloadState, aspect: Aspect): string {
  switch (aspect) {
    case "replicas":
      return `the replicas of ${was.name} (${is.replicas}, not ${was.replicas})`;
    case "template":
      return `the pod template of ${was.name}`;
    case "strategy":
      return `the rollout strategy of ${was.name}`;
    case "paused":
      return `whether the rollout of ${was.name} is paused`;
  }
}

function changedKeys(was: Readonly<Record<string, string>>, is: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => was[key] !== is[key]).sort();
}
