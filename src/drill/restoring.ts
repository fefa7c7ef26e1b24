import { type ActionScript, putBackTitle, workloadWords } from "../recovery/actions.ts";
import { lines, verdictSeconds } from "../recovery/verdict.ts";
import { quoteWord } from "../shell/quote.ts";
import { brokenAspects, type FailureKind } from "./failure.ts";
import { type Aspect, aspects, aspectWords, nameOf, stateOf, type WorkloadState } from "./workloadState.ts";

/** One thing that is put back. */
export interface RestoringStep {
  /** As a person could have typed them, in order. */
  readonly commands: readonly string[];
  /** The workload as it was before. */
  readonly workload: WorkloadState;
  /** What somebody else has changed since, and is to be asked about; null where nobody has. */
  readonly foreign: string | null;
}

/** What puts back what a drill has changed. */
export interface Restoring {
  /** In order; empty where nothing is to be put back. */
  readonly steps: readonly RestoringStep[];
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
  const steps: RestoringStep[] = [];
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
      const commands = putBack(was, is, aspect, namespace);
      if (!own && !unsure.includes(was.name)) stays.push(words);
      else if (commands.length === 0) stays.push(`${words}: its history does not have it any more`);
      else steps.push({ commands, workload: was, foreign: is[aspect] === made[aspect] ? null : words });
    }
  }
  return { steps, left: stays };
}

/** Every command that a drill may need to put workloads back, for the person to see before it begins. */
export function possibleRestoring(before: readonly WorkloadState[], namespace: string): string[] {
  return before.flatMap((was) =>
    aspects
      .filter((aspect) => aspect !== "paused" && was[aspect] !== null)
      .flatMap((aspect) => putBack(was, was, aspect, namespace)),
  );
}

/** Steps as a script whose exit code says whether all is whole again. */
export function restoringScript(steps: readonly RestoringStep[], namespace: string): ActionScript {
  const workloads = [...new Set(steps.map(({ workload }) => workload))];
  const waits = workloads.map(
    (one) => `kubectl rollout status ${workloadWords(nameOf(one, namespace))} --timeout=${verdictSeconds}s`,
  );
  const each = [...steps.flatMap(({ commands }) => commands), ...waits].map((command) => `${command} || failed=1`);
  return {
    title: `${putBackTitle}${workloads.map(({ name }) => name).join(", ")}`,
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
  const words = workloadWords(nameOf(was, namespace));
  const back = `kubectl rollout undo ${words} --to-revision=${revision}`;
  if (was.lastPod === null) {
    const former = was.formerAnnotations.map((key) => quoteWord(`${key}-`)).join(" ");
    return former === "" ? [back] : [back, `kubectl annotate ${words} ${former}`];
  }
  // A StatefulSet waits for its broken pod to become ready before it replaces it.
  const stuck = quoteWord(`pod/${was.lastPod}`);
  return [back, `kubectl delete ${stuck} -n ${quoteWord(namespace)} --ignore-not-found --wait=false`];
}
