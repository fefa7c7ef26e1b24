import { type ActionScript, drillTitle, workloadWords } from "../recovery/actions.ts";
import { lines } from "../recovery/verdict.ts";
import { quoteWord } from "../shell/quote.ts";
import { type Aspect, nameOf, type WorkloadState } from "./workloadState.ts";

/** The failures that a drill can inject. */
export const failureKinds = [
  "kill-one",
  "kill-all",
  "crash-loop",
  "not-ready",
  "scale-to-zero",
  "database-down",
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** What a drill can break, as it is before. */
export interface FailureTarget {
  readonly state: WorkloadState;
  readonly namespace: string;
  /** What chooses its pods, as `kubectl -l` takes it. */
  readonly selector: string;
  /** Names of its pods that are not on their way out, the oldest first. */
  readonly pods: readonly string[];
  /** Whether it is a database by the setting `podbook.services`. */
  readonly database: boolean;
}

/** The command of a container that ends at once with an error, which makes a crash loop. */
const crashing = ["/bin/sh", "-c", "exit 1"];
/** Nobody listens at this port (tcpmux), so the probe never succeeds. */
const deafPort = 1;

/** The failures that a workload can be given: a template is only broken where its history can mend it. */
export function possibleFailures({ state, pods, database }: FailureTarget): FailureKind[] {
  const running = pods.length > 0;
  const mendable =
    state.kind !== "daemonset" &&
    state.container !== "" &&
    !state.paused &&
    state.revisions[state.template] !== undefined;
  const scalable = running && state.replicas !== null;
  const possible: Readonly<Record<FailureKind, boolean>> = {
    "kill-one": running,
    "kill-all": running,
    "crash-loop": running && mendable,
    "not-ready": running && mendable,
    "scale-to-zero": scalable && !database,
    "database-down": scalable && database,
  };
  return failureKinds.filter((kind) => possible[kind]);
}

/** A failure of a workload in words: `Kill one pod of api-gateway`. */
export function failureWords(kind: FailureKind, workload: string): string {
  switch (kind) {
    case "kill-one":
      return `Kill one pod of ${workload}`;
    case "kill-all":
      return `Kill all pods of ${workload}`;
    case "crash-loop":
      return `Let ${workload} crash in a loop`;
    case "not-ready":
      return `Let ${workload} never become ready`;
    case "scale-to-zero":
      return `Scale ${workload} to zero`;
    case "database-down":
      return `Take the database ${workload} down`;
  }
}

/** What a failure changes of its workload beyond its pods, and has to be put back. */
export function brokenAspects(kind: FailureKind): readonly Aspect[] {
  if (kind === "kill-one" || kind === "kill-all") return [];
  return kind === "crash-loop" || kind === "not-ready" ? ["template", "strategy"] : ["replicas"];
}

/** The failure as the command lines that a person could have typed. Nothing is waited for: the drill's clock is running. */
export function injection(kind: FailureKind, target: FailureTarget): ActionScript {
  const { state, namespace, selector, pods } = target;
  const { container } = state;
  const words = workloadWords(nameOf(state, namespace));
  const within = `-n ${quoteWord(namespace)}`;
  const script = (): string => {
    switch (kind) {
      case "kill-one":
        return `kubectl delete ${quoteWord(`pod/${pods[0] ?? ""}`)} ${within} --wait=false`;
      case "kill-all":
        return `kubectl delete pods ${within} -l ${quoteWord(selector)} --wait=false`;
      case "crash-loop":
        return patch(words, state, { name: container, command: crashing });
      case "not-ready":
        return patch(words, state, {
          name: container,
          readinessProbe: { $patch: "replace", tcpSocket: { port: deafPort } },
        });
      case "scale-to-zero":
      case "database-down":
        return `kubectl scale ${words} --replicas=0`;
    }
  };
  return { title: `${drillTitle}${failureWords(kind, state.name)}`, script: lines(script()) };
}

/** A Deployment would keep its good pods until the broken ones are ready, and nothing would fail: so they go first. */
function patch(words: string, { strategy }: WorkloadState, container: object): string {
  const recreate = strategy === null ? {} : { strategy: { $patch: "replace", type: "Recreate" } };
  const body = JSON.stringify({ spec: { ...recreate, template: { spec: { containers: [container] } } } });
  return `kubectl patch ${words} --type=strategic -p ${quoteWord(body)}`;
}
