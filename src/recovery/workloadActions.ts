import {
  type ActionScript,
  type ChangeScript,
  type ScalableKind,
  type WorkloadName,
  workloadWords,
} from "./actions.ts";
import { lines, startClock, verdict } from "./verdict.ts";

/** `kubectl rollout restart`: keeps endpoints, unlike a delete by label. */
export function restartScript(workload: WorkloadName): ChangeScript {
  const cannot = "the pods were made anew from the same template, so there is nothing to put back";
  const command = `rollout restart ${workloadWords(workload)}`;
  return { ...watched(`Restart ${title(workload)}`, workload, command), undo: { cannot } };
}

/** `kubectl scale` to a number of replicas; `before` is how many there were. */
export function scaleScript(workload: WorkloadName<ScalableKind>, replicas: number, before: number): ChangeScript {
  const to = (wanted: number) =>
    watched(`Scale ${title(workload)} to ${wanted}`, workload, `scale ${workloadWords(workload)} --replicas=${wanted}`);
  return { ...to(replicas), undo: to(before) };
}

/** `kubectl rollout undo` to a revision; `before` is the revision that runs now. */
export function rollBackScript(workload: WorkloadName, revision: number, before: number): ChangeScript {
  const to = (wanted: number) =>
    watched(
      `Roll back ${title(workload)} to revision ${wanted}`,
      workload,
      `rollout undo ${workloadWords(workload)} --to-revision=${wanted}`,
    );
  return { ...to(revision), undo: to(before) };
}

/** `kubectl rollout pause`. No pod changes by it, so there is no verdict. */
export function pauseScript(workload: WorkloadName<"deployment">): ChangeScript {
  return { ...pause(workload), undo: resume(workload) };
}

/** `kubectl rollout resume`, and the rollout that waited is followed. */
export function resumeScript(workload: WorkloadName<"deployment">): ChangeScript {
  return { ...resume(workload), undo: pause(workload) };
}

/** `kubectl rollout status`, which tells how a rollout goes on until it is complete. */
export function rolloutStatusScript(workload: WorkloadName): ActionScript {
  return {
    title: `Rollout status of ${title(workload)}`,
    script: lines(`kubectl rollout status ${workloadWords(workload)}`),
  };
}

function pause(workload: WorkloadName<"deployment">): ActionScript {
  const words = workloadWords(workload);
  return {
    title: `Pause rollout of ${title(workload)}`,
    script: lines(`kubectl rollout pause ${words} || exit`, `kubectl get ${words}`),
  };
}

function resume(workload: WorkloadName<"deployment">): ActionScript {
  return watched(`Resume rollout of ${title(workload)}`, workload, `rollout resume ${workloadWords(workload)}`);
}

/** A kubectl command with the verdict on the workload behind it. */
function watched(name: string, workload: WorkloadName, words: string): ActionScript {
  return { title: name, script: lines(startClock, `kubectl ${words} || exit`, ...verdict(workload)) };
}

function title({ kind, name }: WorkloadName): string {
  return `${kind} ${name}`;
}
