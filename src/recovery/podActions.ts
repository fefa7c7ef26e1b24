import { quoteWord } from "../shell/quote.ts";
import { type ActionScript, type ChangeScript, type WorkloadName, workloadWords } from "./actions.ts";
import { lines, startClock, verdict, verdictSeconds } from "./verdict.ts";

const gone = { cannot: "a deleted pod does not come back" } as const;

/** `kubectl delete pod`; `owner` is the workload that makes a new one, null where none does. */
export function deletePodScript(pod: string, namespace: string, owner: WorkloadName | null): ChangeScript {
  const remove = `kubectl delete ${podWords([pod], namespace)}`;
  const script = owner ? lines(startClock, `${remove} || exit`, ...verdict(owner)) : lines(remove);
  return { title: `Delete pod ${pod}`, script, undo: gone };
}

/**
 * Deletes every pod of a workload: one after another, each when the workload is whole again, so that the others serve
 * meanwhile; or all at once, which is faster and leaves none.
 */
export function forceRestartScript(
  workload: WorkloadName,
  pods: readonly string[],
  how: "one-by-one" | "at-once",
): ChangeScript {
  const { kind, name, namespace } = workload;
  const wait = `kubectl rollout status ${workloadWords(workload)} --timeout=${verdictSeconds}s || exit`;
  // A pod that has gone by itself since it was listed needs no restart.
  const remove = (some: readonly string[]) => `kubectl delete ${podWords(some, namespace)} --ignore-not-found || exit`;
  const removals = how === "at-once" ? [remove(pods)] : pods.flatMap((pod) => [remove([pod]), wait]).slice(0, -1);
  return {
    title: `Force restart ${kind} ${name}, ${how === "at-once" ? "all at once" : "one after another"}`,
    script: lines(startClock, ...removals, ...verdict(workload)),
    undo: gone,
  };
}

/** The last `count` lines of every container of a pod. */
export function podLogsScript(pod: string, count: number, namespace: string): ActionScript {
  const named = quoteWord(`pod/${pod}`);
  const script = `kubectl logs -n ${quoteWord(namespace)} ${named} --all-containers --prefix --tail=${count}\n`;
  return { title: `Logs of ${pod}`, script };
}

function podWords(pods: readonly string[], namespace: string): string {
  return `${pods.map((pod) => quoteWord(`pod/${pod}`)).join(" ")} -n ${quoteWord(namespace)}`;
}
