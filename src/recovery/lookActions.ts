import { quoteWord } from "../shell/quote.ts";
import type { ActionScript } from "./actions.ts";

/** Pods whose logs, events or description are looked at. */
export type Subject =
  | { readonly kind: "pod"; readonly pod: string; readonly container: string | null }
  | {
      readonly kind: "workload";
      /** `deployment/web`, as command lines write it. */
      readonly name: string;
      /** What chooses its pods, as `kubectl -l` takes it; empty where that is not known. */
      readonly selector: string;
      readonly pods: readonly string[];
    };

/** Which part of the logs is shown. */
export type LogPart =
  | { readonly kind: "last"; readonly lines: number }
  | { readonly kind: "since"; readonly duration: string }
  | { readonly kind: "follow" }
  | { readonly kind: "previous" };

/** So many pods of a workload can be followed at once; kubectl's own limit is 5. */
const mostFollowed = 50;
/** kubectl gives 10 lines of each pod where a selector chooses them, so a number has to be said. */
const linesBeforeFollowing = 20;
const lastLines = 500;
/** So many pods of a workload are asked for one by one. */
const mostPods = 20;

/** A duration as `kubectl logs --since` takes it: `90s`, `15m`, `2h`. */
export function isLogDuration(text: string): boolean {
  return /^(\d+h)?(\d+m)?(\d+s)?$/.test(text) && text !== "";
}

/** Prints logs, every line with its pod and container in front. Of a workload, the logs of all its pods. */
export function logsScript(subject: Subject, part: LogPart, namespace: string): ActionScript {
  const options = logOptions(part);
  const about = subject.kind === "pod" ? subject.pod : subject.name;
  const of = subject.kind === "pod" && subject.container !== null ? `${about}, container ${subject.container}` : about;
  const title = `${logTitles[part.kind]} of ${of}`;
  const command = (what: string, more = "") =>
    `kubectl logs -n ${quoteWord(namespace)} ${what} --prefix ${options}${more}\n`;
  if (subject.kind === "pod") {
    const { pod, container } = subject;
    const which = container === null ? "--all-containers" : `-c ${quoteWord(container)}`;
    return { title, script: command(`${quoteWord(`pod/${pod}`)} ${which}`) };
  }
  if (subject.selector !== "" && part.kind !== "previous") {
    const chosen = `-l ${quoteWord(subject.selector)} --all-containers`;
    return { title, script: command(chosen, ` --max-log-requests=${mostFollowed}`) };
  }
  // Not every pod has crashed before, and `kubectl logs --previous` gives up at the first that has not.
  const each = subject.pods.slice(0, mostPods).map((pod) => command(`${quoteWord(`pod/${pod}`)} --all-containers`));
  return { title, script: each.join("") };
}

const logTitles: Readonly<Record<LogPart["kind"], string>> = {
  last: "Logs",
  since: "Latest logs",
  follow: "Live logs",
  previous: "Logs before the last restart",
};

function logOptions(part: LogPart): string {
  switch (part.kind) {
    case "last":
      return `--tail=${part.lines}`;
    case "since":
      return `--since=${quoteWord(part.duration)} --tail=-1`;
    case "follow":
      return `-f --tail=${linesBeforeFollowing}`;
    case "previous":
      return `--previous --tail=${lastLines}`;
  }
}

/** `kubectl describe`. */
export function describeScript(subject: Subject, namespace: string): ActionScript {
  const name = nameOf(subject);
  return { title: `Describe ${name}`, script: `kubectl describe ${quoteWord(name)} -n ${quoteWord(namespace)}\n` };
}

/** The events of a pod; of a workload, its own and those of its pods. */
export function eventsScript(subject: Subject, namespace: string): ActionScript {
  const names = subject.kind === "pod" ? [] : subject.pods.slice(0, mostPods).map((pod) => `pod/${pod}`);
  const script = [nameOf(subject), ...names]
    .map((name) => `kubectl events -n ${quoteWord(namespace)} --for ${quoteWord(name)}\n`)
    .join("");
  return { title: `Events of ${nameOf(subject)}`, script };
}

/** A shell in a container: bash where it has one, else sh. */
export function shellScript(pod: string, container: string, namespace: string): ActionScript {
  const where = `${quoteWord(pod)} -n ${quoteWord(namespace)} -c ${quoteWord(container)}`;
  const script = `kubectl exec -it ${where} -- sh -c 'command -v bash >/dev/null && exec bash || exec sh'\n`;
  return { title: `Shell in ${pod}`, script };
}

/** A port of a pod at a free port of this machine, for as long as it runs. */
export function forwardPodScript(pod: string, port: number, namespace: string): ActionScript {
  const what = `${quoteWord(`pod/${pod}`)} -n ${quoteWord(namespace)}`;
  return { title: `Forward ${pod}:${port}`, script: `kubectl port-forward ${what} :${port}\n` };
}

/** The command lines that a person would type for a subject, with the context named: they do the same in any terminal. */
export function kubectlCommands(subject: Subject, target: { context: string; namespace: string }): string[] {
  const where = `--context ${quoteWord(target.context)} -n ${quoteWord(target.namespace)}`;
  const name = quoteWord(nameOf(subject));
  const logs = subject.kind === "pod" ? `${name} --all-containers` : `${name} --all-pods --all-containers`;
  const always = [
    `kubectl ${where} get ${name} -o wide`,
    `kubectl ${where} describe ${name}`,
    `kubectl ${where} get ${name} -o yaml`,
    `kubectl ${where} logs ${logs} --prefix --tail=${lastLines}`,
    `kubectl ${where} events --for ${name}`,
  ];
  const more =
    subject.kind === "pod"
      ? [
          `kubectl ${where} exec -it ${quoteWord(subject.pod)}${subject.container === null ? "" : ` -c ${quoteWord(subject.container)}`} -- sh`,
          `kubectl ${where} delete ${name}`,
        ]
      : [`kubectl ${where} rollout status ${name}`, `kubectl ${where} rollout restart ${name}`];
  return [...always, ...more];
}

function nameOf(subject: Subject): string {
  return subject.kind === "pod" ? `pod/${subject.pod}` : subject.name;
}
