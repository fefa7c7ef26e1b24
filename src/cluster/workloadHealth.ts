import type { Health } from "../recovery/recoveryClock.ts";
import { whyLine } from "./podColumns.ts";
import { isWhole, readyCount, unsettledPod, type Workload } from "./workload.ts";

/**
 * How some workloads are, seen at `at` (ms since the epoch). They are whole when as many pods are ready as wanted and none
 * comes or goes; a name that is not there is not whole, and neither is one of `serving` that wants no pods (any more).
 */
export function healthOf(
  workloads: readonly Workload[],
  names: readonly string[],
  at: number,
  serving: ReadonlySet<string> = new Set(),
): Health {
  const looked = names.map((name) => {
    const workload = workloads.find((one) => one.name === name);
    if (workload?.desired === 0 && serving.has(name)) {
      return { whole: false, why: `${name} is scaled to zero`, changes: [] };
    }
    return workload ? lookAt(workload, at) : { whole: false, why: `${name} is gone`, changes: [] };
  });
  const whole = looked.every((one) => one.whole);
  // Beside one that is not whole, those that are do not tell since when that is so.
  const changes = looked.filter((one) => one.whole === whole).flatMap((one) => one.changes);
  const changedAt = changes.length === 0 ? null : whole ? Math.max(...changes) : Math.min(...changes);
  return {
    at,
    whole,
    changedAt,
    why: looked.flatMap(({ why }) => (why === "" ? [] : [why])).join("; "),
  };
}

function lookAt(workload: Workload, at: number): { whole: boolean; why: string; changes: number[] } {
  const { ready, wanted } = readyCount(workload);
  const unsettled = unsettledPod(workload);
  const whole = isWhole(workload);
  // Of a pod that is being deleted the condition still tells of its good times.
  const changes = workload.pods.flatMap(({ readiness }) => (readiness?.ready === whole ? [readiness.since] : []));
  if (whole) return { whole, why: "", changes };
  const because = unsettled ? whyLine(unsettled, at) : "";
  return { whole, why: `${workload.name} ${ready}/${wanted} ready${because ? `, ${because}` : ""}`, changes };
}
