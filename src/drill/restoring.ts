import { type ActionScript, workloadWords } from "../recovery/actions.ts";
import { lines, verdictSeconds } from "../recovery/verdict.ts";
import { quoteWord } from "../shell/quote.ts";
import { brokenAspects, drillTitle, type FailureKind } from "./failure.ts";
import { type Aspect, aspects, aspectWords, nameOf, stateOf, type WorkloadState } from "./workloadState.ts";

/** What puts back what a drill has changed. */
export interface Restoring {
  /** As a person could have typed them, in order; empty where nothing is to be put back. */
  readonly commands: readonly string[];
  /** The workloads that they change. */
  readonly workloads: readonly WorkloadState[];
  /** What of it somebody else has changed since: to be asked about. */
  readonly foreign: readonly string[];
  /** What differs and stays: others have changed it, or no command puts it back. */
  readonly left: readonly string[];
}

/** A drill's own knowledge of what it has changed. */
export interface DrillChanges {
  /** All workloads of the namespace before the drill. */
  readonly before: readonly WorkloadState[];
  /** As the drill has left them with its last change. */
  readonly left: readonly WorkloadState[];
  /** Names of workloads that it was changing when it was cut off: how it left them is not known. */
  readonly unsure: readonly string[];
}

/** Compares what is now with what was before and with what the drill has made of it; only its own changes are put back. */
export function restoring(
  { before, left, unsure }: DrillChanges,
  now: readonly WorkloadState[],
  namespace: string,
): Restoring {
  const commands: string[] = [];
  const workloads: WorkloadState[] = [];
  const foreign: string[] = [];
  const stays: string[] = [];
  for (const was of before) {
    const is = stateOf(now, was);
    const made = stateOf(left, was) ?? was;
    if (!is || is.uid !== was.uid) {
      stays.push(is ? `${was.name} was deleted and made anew` : `${was.name} is gone`);
      continue;
    }
    for (const aspect of aspects.filter((one) => was[one] !== is[one])) {
      const words = aspectWords(was, is, aspect);
      const own = made[aspect] !== was[aspect];
      const command = putBack(was, is, aspect, namespace);
      if (!own && !unsure.includes(was.name)) stays.push(words);
      else if (command.length === 0) stays.push(`${words}: its history does not have it any more`);
      else {
        commands.push(...command);
        if (!workloads.includes(was)) workloads.push(was);
        if (is[aspect] !== made[aspect]) foreign.push(words);
      }
    }
  }
  return { commands, workloads, foreign, left: stays };
}

/** Every command that a drill may need to put workloads back, for the person to see before it begins. */
export function possibleRestoring(before: readonly WorkloadState[], namespace: string): string[] {
  return before.flatMap((was) =>
    aspects
      .filter((aspect) => aspect !== "paused" && was[aspect] !== null)
      .flatMap((aspect) => putBack(was, was, aspect, namespace)),
  );
}

/** The commands as a script whose exit code says whether all is whole again. */
export function restoringScript({ commands, workloads }: Restoring, namespace: string): ActionScript {
  const waits = workloads.map(
    (one) => `kubectl rollout status ${workloadWords(nameOf(one, namespace))} --timeout=${verdictSeconds}s`,
  );
  const each = [...commands, ...waits].map((command) => `${command} || failed=1`);
  return {
    title: `${drillTitle}put back ${workloads.map(({ name }) => name).join(", ")}`,
    script: lines("failed=0", ...each, "exit $failed"),
  };
}

/** How the drill left a workload as far as that can be told when it was cut off within its injection. */
export function assumedLeft(
  before: readonly WorkloadState[],
  now: readonly WorkloadState[],
  failure: FailureKind,
  workload: string,
): WorkloadState[] {
  const broken = brokenAspects(failure);
  return before.map((was) => {
    const is = was.name === workload ? stateOf(now, was) : undefined;
    return is ? { ...was, ...Object.fromEntries(broken.map((aspect) => [aspect, is[aspect]])) } : was;
  });
}

function putBack(was: WorkloadState, is: WorkloadState, aspect: Aspect, namespace: string): string[] {
  const words = workloadWords(nameOf(was, namespace));
  switch (aspect) {
    case "replicas":
      return [`kubectl scale ${words} --replicas=${was.replicas ?? 0}`];
    case "paused":
      return [`kubectl rollout ${was.paused ? "pause" : "resume"} ${words}`];
    case "strategy": {
      const value = JSON.parse(was.strategy ?? "{}") as unknown;
      const body = JSON.stringify([{ op: "replace", path: "/spec/strategy", value }]);
      return [`kubectl patch ${words} --type=json -p ${quoteWord(body)}`];
    }
    case "template":
      return undo(was, is, namespace);
  }
}

/** The template comes from the workload's own history, so that it never lies in a file of ours. */
function undo(was: WorkloadState, is: WorkloadState, namespace: string): string[] {
  const revision = is.revisions[was.template];
  if (revision === undefined) return [];
  const back = `kubectl rollout undo ${workloadWords(nameOf(was, namespace))} --to-revision=${revision}`;
  if (was.lastPod === null) return [back];
  // A StatefulSet waits for its broken pod to become ready before it replaces it.
  const stuck = quoteWord(`pod/${was.lastPod}`);
  return [back, `kubectl delete ${stuck} -n ${quoteWord(namespace)} --ignore-not-found --wait=false`];
}
