import { quoteWord } from "../shell/quote.ts";
import type { ActionScript } from "./actions.ts";
import { lines } from "./verdict.ts";

/** What the reasons in a pod's status mean, and what to do about them. */
const findings: readonly (readonly [reasons: string, words: string])[] = [
  ["Unschedulable", "no node takes it; the message above says what is short. Free resources, or add a node"],
  [
    "ImagePullBackOff|ErrImagePull|InvalidImageName|ErrImageNeverPull",
    "its image cannot be pulled. Check its name, the tag and the pull secret, or roll the workload back",
  ],
  [
    "CreateContainerConfigError|CreateContainerError",
    "a container cannot be made. Check the ConfigMaps and Secrets that it names",
  ],
  ["OOMKilled", "a container used more memory than its limit. Raise the limit, or find the leak"],
  ["CrashLoopBackOff", "a container ends again and again after its start. The last lines of its log say why"],
  ["Evicted", "its node evicted it, as a rule because memory or disk ran short there"],
];

const reasons =
  '{.status.reason} {.status.conditions[?(@.status=="False")].reason} {..state.waiting.reason} {..state.terminated.reason} {..lastState.terminated.reason}';
const messages = '{range .status.conditions[?(@.status=="False")]}{.type}: {.reason} {.message}{"\\n"}{end}';
const exits =
  '{range .status.containerStatuses[*]}{.name}: {.restartCount} restarts, last exit code {.lastState.terminated.exitCode}{"\\n"}{end}';
/** A line for each slice: `SERVICE POD=READY POD=READY …`. */
const slices =
  '{range .items[*]}{.metadata.labels.kubernetes\\.io/service-name}{range .endpoints[*]} {.targetRef.name}={.conditions.ready}{end}{"\\n"}{end}';

/**
 * Why a pod is not well: what its status, its containers, its services, its events and its logs say, with the findings in
 * words. All of it reads; the exit code is 1 where something was found.
 */
export function diagnoseScript(pod: string, namespace: string): ActionScript {
  const within = `-n ${quoteWord(namespace)}`;
  const get = `kubectl get ${quoteWord(`pod/${pod}`)} ${within}`;
  const listed = quoteWord(` ${pod}=`);
  const logs = `kubectl logs ${quoteWord(`pod/${pod}`)} ${within} --all-containers --prefix --tail=10`;
  return {
    title: `Diagnose pod ${pod}`,
    script: lines(
      "found=0",
      `${get} -o wide || exit`,
      `reasons=$(${get} -o jsonpath=${quoteWord(reasons)}) || exit`,
      `${get} -o jsonpath=${quoteWord(messages)}`,
      `${get} -o jsonpath=${quoteWord(exits)}`,
      ...findings.map(([some, words]) => finding(some, words)),
      `slices=$(kubectl get endpointslices ${within} -o jsonpath=${quoteWord(slices)}) || exit`,
      "while read -r service endpoints; do",
      `  case " $endpoints " in *${listed}true" "*) ;; *${listed}*) echo "FINDING  service $service sends it nothing, because it is not ready"; found=1;; *) continue;; esac`,
      '  case "$endpoints" in *=true*) ;; *) echo "FINDING  service $service is unavailable: none of its pods is ready"; found=1;; esac',
      'done <<< "$slices"',
      'if [ "$found" = 0 ]; then echo "Nothing is wrong with the pod itself."; fi',
      `kubectl get events ${within} --field-selector=${quoteWord(`involvedObject.name=${pod}`)}`,
      `${logs} --previous 2> /dev/null || ${logs}`,
      "exit $found",
    ),
  };
}

function finding(some: string, words: string): string {
  const patterns = some
    .split("|")
    .map((reason) => `*" ${reason} "*`)
    .join(" | ");
  return `case " $reasons " in ${patterns}) echo ${quoteWord(`FINDING  ${words}`)}; found=1;; esac`;
}
