import { humanDuration } from "../../cluster/humanDuration.ts";
import { whyLine } from "../../cluster/podColumns.ts";
import { badnessOf, readyCount, workloadSeverity } from "../../cluster/workload.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { PodsState } from "./podsModel.ts";
import { viewMessage } from "./viewMessage.ts";

/** What the status bar says of the pods. */
export interface StatusWords {
  /** With an icon in VS Code's notation. */
  readonly text: string;
  /** The same beside the name of the target, without icon. */
  readonly short: string;
  /** Several lines of plain text. */
  readonly tooltip: string;
  /** Whether something needs looking at: pods are missing, or it is not known whether any are. */
  readonly warns: boolean;
}

/** More unhealthy pods than this are counted, not named. */
const mostNamed = 5;

/** The ready and wanted pods of a namespace in a few words; a check mark only where that is known now. `now` in ms since the epoch; `name` stands for a target that cannot be had. */
export function statusWords(state: PodsState, now: number, name = "Pods"): StatusWords {
  const { target, freshness, workloads } = state;
  const namespace = target?.namespace ?? name;
  const counts = workloads.map(readyCount);
  const ready = counts.reduce((sum, one) => sum + Math.min(one.ready, one.wanted), 0);
  const wanted = counts.reduce((sum, one) => sum + one.wanted, 0);
  const counted = `${ready}/${wanted} ${namespace}`;
  const tooltip = [viewMessage(state, now), ...unhealthyLines(state, now)].join("\n");
  switch (freshness.state) {
    case "connecting":
      return { text: `$(sync) ${namespace}`, short: "connecting…", tooltip, warns: false };
    case "failed":
      return {
        text: `$(error) ${namespace} not known`,
        short: `not known: ${freshness.error.message}`,
        tooltip: `${describeTarget(target)}\n${tooltip}`,
        warns: true,
      };
    case "stale": {
      const age = `as of ${humanDuration(now - freshness.since)} ago`;
      return {
        text: `$(history) ${counted} ${age}`,
        short: `${ready}/${wanted} ready ${age}`,
        tooltip,
        warns: true,
      };
    }
    case "live": {
      if (workloads.length === 0) {
        return { text: `$(circle-slash) no pods in ${namespace}`, short: "no pods", tooltip, warns: false };
      }
      const warns = workloads.some((workload) => badnessOf(workloadSeverity(workload)) > 0);
      return {
        text: `$(${warns ? "warning" : "check"}) ${counted}`,
        short: `${ready}/${wanted} ready · live`,
        tooltip,
        warns,
      };
    }
  }
}

/** More targets than this are counted, not named. */
const mostTargets = 3;

/** What the status bar says of several targets. */
export function combinedWords(all: readonly StatusWords[]): StatusWords {
  const [first] = all;
  if (!first || all.length === 1) return first ?? { text: "", short: "", tooltip: "", warns: false };
  const troubled = all.filter(({ warns }) => warns).length;
  const others = `$(${troubled > 0 ? "warning" : "check"}) ${all.length - troubled} of ${all.length} targets`;
  return {
    text: all.length > mostTargets ? `${first.text} ${others}` : all.map(({ text }) => text).join(" "),
    short: first.short,
    tooltip: all.map(({ tooltip }) => tooltip).join("\n\n"),
    warns: troubled > 0,
  };
}

function unhealthyLines({ workloads }: PodsState, now: number): string[] {
  const unhealthy = workloads
    .flatMap(({ pods }) => pods)
    .filter(({ trouble }) => trouble.severity === "error" || trouble.severity === "warning");
  const named = unhealthy.slice(0, mostNamed).map((pod) => `${pod.name}: ${pod.status.text}, ${whyLine(pod, now)}`);
  const more = unhealthy.length - named.length;
  return more > 0 ? [...named, `and ${more} more`] : named;
}
