import type { Health } from "../recovery/recoveryClock.ts";
import { whyLine } from "./podColumns.ts";
import { readyCount, type Workload } from "./workload.ts";

/**
 * How some workloads are, seen at `at` (ms since the epoch). They are whole when as many pods are ready as wanted and none
 * comes or goes; a name that is not there is not whole.
 */
export function healthOf(workloads: readonly Workload[], names: readonly string[], at: number): Health {
  const looked = names.map((name) => {
    const workload = workloads.find((one) => one.name === name);
    return workload ? lookAt(workload, at) : { whole: false, why: `${name} is gone`, changes: [] };
  });
  const changes = looked.flatMap((one) => one.changes);
  return {
    at,
    whole: looked.every(({ whole }) => whole),
    changedAt: changes.length > 0 ? Math.max(...changes) : null,
    why: looked.flatMap(({ why }) => (why === "" ? [] : [why])).join("; "),
  };
}

function lookAt(workload: Workload, at: number): { whole: boolean; why: string; changes: number[] } {
  const { ready, wanted } = readyCount(workload);
  const unsettled = workload.pods.find(({ trouble }) => trouble.severity !== "ok" && trouble.severity !== "done");
  const whole = ready >= wanted && unsettled === undefined;
  const concerned = whole ? workload.pods : workload.pods.filter(({ trouble }) => trouble.severity !== "ok");
  const changes = concerned.flatMap(({ readyChangedAt }) => (readyChangedAt === null ? [] : [readyChangedAt]));
  if (whole) return { whole, why: "", changes };
  const because = unsettled ? whyLine(unsettled, at) : "";
  return { whole, why: `${workload.name} ${ready}/${wanted} ready${because ? `, ${because}` : ""}`, changes };
}
