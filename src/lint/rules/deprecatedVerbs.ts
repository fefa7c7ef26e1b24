import type { KubectlUse, LintedBlock } from "../lintedBlock.ts";
import { atWord, type Deprecation } from "./deprecation.ts";

/** Verbs that kubectl 1.34 does not know, with what took their place where it takes the same words. */
const gone: Readonly<Record<string, { readonly message: string; readonly by?: string }>> = {
  "rolling-update": {
    message:
      "kubectl has no rolling-update since 1.18. Change a Deployment with kubectl set image, and follow it with kubectl rollout status.",
  },
  log: { message: "kubectl has no verb log any more. Write logs.", by: "logs" },
  clusterinfo: { message: "kubectl has no verb clusterinfo any more. Write cluster-info.", by: "cluster-info" },
};

/** Verbs that are gone, and `exec POD COMMAND` without the dashes between. */
export function deprecatedVerbs(linted: LintedBlock, { call, said }: KubectlUse): Deprecation[] {
  if (call.program !== "kubectl") return [];
  const [verb = ""] = said.verb;
  const verbWord = call.args.find((word) => word.literal === verb);
  const removed = Object.hasOwn(gone, verb) ? gone[verb] : undefined;
  if (removed && verbWord) return [atWord(linted, verbWord, removed.message, removed.by)];
  const command = said.subcommand?.[0];
  if (verb !== "exec" || !command || call.args.some(({ text }) => text === "--")) return [];
  const message =
    "kubectl exec needs -- between the pod and the command since 1.31 (recommended since 1.18). Put -- before the command.";
  const { start, end } = command;
  const fixes = linted.isWritten(command)
    ? linted.fix("Put -- before the command", [{ start, end: start, newText: "-- " }])
    : [];
  return [{ start, end, message, fixes }];
}
