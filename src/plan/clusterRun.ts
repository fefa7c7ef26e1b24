import { quoteWord } from "../shell/quote.ts";
import type { Plan, PlannedCommand } from "./plan.ts";
import { worst } from "./planScript.ts";

/** Where in the cluster a block runs: in a pod that is there, or in one that is made for it and deleted afterwards. */
export type ClusterPlace =
  | { readonly kind: "toolbox"; readonly namespace: string; readonly pod: string }
  | {
      readonly kind: "new";
      readonly namespace: string;
      readonly pod: string;
      readonly image: string;
      /** Empty for the namespace's default. */
      readonly serviceAccount: string;
    };

/** A pod that nobody deleted ends by itself after this time, in s: also when this machine is gone. */
const deadlineSeconds = 3600;

/** The kubectl commands that run a bash script in the cluster, with its standard input closed. */
export function clusterRunScript(script: string, place: ClusterPlace): string {
  const inNamespace = `-n ${quoteWord(place.namespace)}`;
  const pod = quoteWord(place.pod);
  const bash = `bash -c ${quoteWord(script.replace(/\n+$/, ""))}`;
  if (place.kind === "toolbox") return `kubectl exec ${inNamespace} ${pod} -- ${bash}\n`;
  const account = place.serviceAccount === "" ? {} : { serviceAccountName: place.serviceAccount };
  const overrides = JSON.stringify({ apiVersion: "v1", spec: { activeDeadlineSeconds: deadlineSeconds, ...account } });
  const flags = `--rm --attach --quiet --restart=Never --image=${quoteWord(place.image)} --overrides=${quoteWord(overrides)}`;
  // --rm deletes the pod when the block has ended; the trap, when it was stopped.
  const remove = `kubectl delete pod ${pod} ${inNamespace} --now --wait=false --ignore-not-found`;
  return `trap ${quoteWord(`${remove} > /dev/null`)} EXIT\nkubectl run ${pod} ${inNamespace} ${flags} --command -- ${bash}\n`;
}

/** A plan that runs a block in the cluster, with what the block itself does there, which kubectl's command does not tell. */
export function withEffectsOf(block: Plan, plan: Plan): Plan {
  const reasons = [...new Set(block.commands.flatMap((command) => command.reasons))];
  const commands = plan.commands.map((command, index): PlannedCommand => {
    if (index < plan.commands.length - 1) return { ...command, effect: "change", reasons: [] };
    const effect = worst([command.effect, block.effect]);
    return { ...command, effect, reasons: [...command.reasons, ...reasons.map((reason) => `in the pod: ${reason}`)] };
  });
  return { ...plan, commands, effect: worst([...commands.map(({ effect }) => effect), block.effect]) };
}
