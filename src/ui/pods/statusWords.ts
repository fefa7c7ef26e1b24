import { humanDuration } from "../../cluster/humanDuration.ts";
import { whyLine } from "../../cluster/podColumns.ts";
import { readyCount } from "../../cluster/workload.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { PodsState } from "./podsModel.ts";
import { viewMessage } from "./viewMessage.ts";

/** What the status bar says of the pods. */
export interface StatusWords {
  /** With an icon in VS Code's notation. */
  readonly text: string;
  /** Several lines of plain text. */
  readonly tooltip: string;
  /** Whether something needs looking at: pods are missing, or it is not known whether any are. */
  readonly warns: boolean;
}

/** More unhealthy pods than this are counted, not named. */
const mostNamed = 5;

/** The ready and wanted pods of a namespace in a few words; a check mark only where that is known now. `now` in ms since the epoch. */
export function statusWords(state: PodsState, now: number): StatusWords {
  const { target, freshness, workloads } = state;
  const namespace = target?.namespace ?? "Pods";
  const counts = workloads.map(readyCount);
  const ready = counts.reduce((sum, one) => sum + Math.min(one.ready, one.wanted), 0);
  const wanted = counts.reduce((sum, one) => sum + one.wanted, 0);
  const counted = `${ready}/${wanted} ${namespace}`;
  const tooltip = [viewMessage(state, now), ...unhealthyLines(state, now)].join("\n");
  switch (freshness.state) {
    case "connecting":
      return { text: `$(sync) ${namespace}`, tooltip, warns: false };
    case "failed":
      return { text: `$(error) ${namespace} not known`, tooltip: `${describeTarget(target)}\n${tooltip}`, warns: true };
    case "stale":
      return {
        text: `$(history) ${counted} as of ${humanDuration(now - freshness.since)} ago`,
        tooltip,
        warns: true,
      };
    case "live":
      if (workloads.length === 0) return { text: `$(circle-slash) no pods in ${namespace}`, tooltip, warns: false };
      return ready < wanted
        ? { text: `$(warning) ${counted}`, tooltip, warns: true }
        : { text: `$(check) ${counted}`, tooltip, warns: false };
  }
}

function unhealthyLines({ workloads }: PodsState, now: number): string[] {
  const unhealthy = workloads
    .flatMap(({ pods }) => pods)
    .filter(({ trouble }) => trouble.severity === "error" || trouble.severity === "warning");
  const named = unhealthy.slice(0, mostNamed).map((pod) => `${pod.name}: ${pod.status.text}, ${whyLine(pod, now)}`);
  const more = unhealthy.length - named.length;
  return more > 0 ? [...named, `and ${more} more`] : named;
}
