import { quoteWord } from "../shell/quote.ts";
import type { ActionScript } from "./actions.ts";
import { lines } from "./verdict.ts";

/** What nodes and pods have and use, what the quota leaves, and why pods cannot be scheduled. */
export function resourcesScript(namespace: string): ActionScript {
  const within = `-n ${quoteWord(namespace)}`;
  return {
    title: `Check resources of ${namespace}`,
    script: all(
      "kubectl get nodes -o wide",
      "kubectl top nodes",
      `kubectl top pods ${within}`,
      `kubectl describe resourcequota ${within}`,
      `kubectl get pods ${within} --field-selector=status.phase=Pending -o wide`,
      `kubectl get events ${within} --field-selector=reason=FailedScheduling -o custom-columns=POD:.involvedObject.name,WHY:.message`,
    ),
  };
}

/** The volumes of the cluster, the claims of the namespace, and what happened to claims. */
export function volumesScript(namespace: string): ActionScript {
  const within = `-n ${quoteWord(namespace)}`;
  return {
    title: `Check volumes of ${namespace}`,
    script: all(
      "kubectl get pv",
      `kubectl get pvc ${within} -o wide`,
      `kubectl get events ${within} --field-selector=involvedObject.kind=PersistentVolumeClaim -o custom-columns=CLAIM:.involvedObject.name,REASON:.reason,WHY:.message`,
    ),
  };
}

/**
 * The end of all chaos: first of the experiments of operators, by the commands that halt them, then the script of the
 * chaos-engineering folder, whether or not those could be halted.
 */
export function emergencyStopScript(folder: string, halts: readonly string[], namespace: string): ActionScript {
  const stop = `(cd ${quoteWord(folder)} && NAMESPACE=${quoteWord(namespace)} ./safety/emergency-stop.sh)`;
  return { title: "Emergency stop", script: all(...halts, stop) };
}

/** A script of the chaos-engineering folder, for one namespace. */
export function chaosScript(title: string, folder: string, command: string, namespace: string): ActionScript {
  return { title, script: lines(`cd ${quoteWord(folder)} || exit`, `NAMESPACE=${quoteWord(namespace)} ${command}`) };
}

/** Runs all of the commands; the exit code is 1 where one could not be answered. */
function all(...commands: readonly string[]): string {
  return lines("failed=0", ...commands.map((command) => `${command} || failed=1`), "exit $failed");
}
