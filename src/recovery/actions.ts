import { quoteWord } from "../shell/quote.ts";

/** A recovery action as the command lines a person could have typed. */
export interface ActionScript {
  readonly title: string;
  readonly script: string;
}

/** The kinds that `kubectl scale` can change, as command lines write them. */
export type ScalableKind = "deployment" | "statefulset";
/** The kinds that `kubectl rollout` can restart, as command lines write them. */
export type RestartableKind = ScalableKind | "daemonset";

/** The kind as `kubectl scale` takes it, for a kind as the API writes it; undefined where it cannot be scaled. */
export function scalableKind(kind: string): ScalableKind | undefined {
  return (["deployment", "statefulset"] as const).find((known) => known === kind.toLowerCase());
}

/** The kind as `kubectl rollout restart` takes it; undefined where it cannot be restarted. */
export function restartableKind(kind: string): RestartableKind | undefined {
  return (["deployment", "statefulset", "daemonset"] as const).find((known) => known === kind.toLowerCase());
}

/** `kubectl rollout restart`, followed until the new pods are there: keeps endpoints, unlike a delete by label. */
export function restartScript(kind: RestartableKind, name: string, namespace: string): ActionScript {
  const workload = quoteWord(`${kind}/${name}`);
  const within = `-n ${quoteWord(namespace)}`;
  return {
    title: `Restart ${kind} ${name}`,
    script: `kubectl rollout restart ${workload} ${within}\nkubectl rollout status ${workload} ${within}\n`,
  };
}

/** `kubectl scale` to a number of replicas, followed until they are there. */
export function scaleScript(kind: ScalableKind, name: string, replicas: number, namespace: string): ActionScript {
  const workload = quoteWord(`${kind}/${name}`);
  const within = `-n ${quoteWord(namespace)}`;
  return {
    title: `Scale ${kind} ${name} to ${replicas}`,
    script: `kubectl scale ${workload} ${within} --replicas=${replicas}\nkubectl rollout status ${workload} ${within}\n`,
  };
}

/** The last `lines` lines of every container of a pod. */
export function podLogsScript(pod: string, lines: number, namespace: string): ActionScript {
  const named = quoteWord(`pod/${pod}`);
  const script = `kubectl logs -n ${quoteWord(namespace)} ${named} --all-containers --prefix --tail=${lines}\n`;
  return { title: `Logs of ${pod}`, script };
}
