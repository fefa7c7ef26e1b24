import type { ClusterError } from "../../cluster/clusterError.ts";
import { humanDuration } from "../../cluster/humanDuration.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { PodsState } from "./podsModel.ts";

/** The lines above the pods: whose pods these are, how old that knowledge is, and what is wrong and what to do. */
export function viewMessage({ target, freshness, workloads }: PodsState, now: number): string {
  const at = describeTarget(target);
  switch (freshness.state) {
    case "connecting": {
      if (!target) return "Reading the kubeconfig…";
      const count = workloads.reduce((sum, { pods }) => sum + pods.length, 0);
      return count > 0 ? `${at} · ${count} pods so far…` : `Connecting to ${at}…`;
    }
    case "failed":
      return whatIsWrong(freshness.error);
    case "stale": {
      const age = humanDuration(now - freshness.since);
      return `${at} · as of ${age} ago. ${whatIsWrong(freshness.error)}`;
    }
    case "live":
      if (workloads.length > 0) return `${at} · live`;
      return `No pods in ${at}. If you expected some, check podbook.namespace and podbook.context.`;
  }
}

/** The view shows its message as one paragraph, so each part must end as a sentence. */
function whatIsWrong({ message, advice }: ClusterError): string {
  return `${message}${/[.!?]$/.test(message) ? "" : "."} ${advice}`;
}

/** The same where lines are short: long words (paths, accounts, addresses) may be broken behind a sign in them, or VS Code cuts them off. */
export function breakableWords(text: string): string {
  return text.replaceAll(/\S{25,}/g, (word) => word.replaceAll(/[/:@._-](?=\w)/g, `$&${zeroWidthSpace}`));
}

const zeroWidthSpace = "\u200b";
