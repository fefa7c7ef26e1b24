import { quoteWord } from "../shell/quote.ts";

/** A recovery action as the command lines a person could have typed. */
export interface ActionScript {
  readonly title: string;
  readonly script: string;
}

/** What puts back what an action changed, as it was noted before; or why nothing can. */
export type Undo = ActionScript | { readonly cannot: string };

/** What the title of an action begins with that undoes another. */
export const undoTitle = "Undo: ";

/** What begins the title of every run that a drill makes by itself: it is no intervention of a person. */
export const drillTitle = "Drill: ";
/** With what the title of the run begins that ends a drill. */
export const putBackTitle = `${drillTitle}put back `;

/** An action that changes something. */
export interface ChangeScript extends ActionScript {
  readonly undo: Undo;
}

/** The kinds that `kubectl scale` can change, as command lines write them. */
export type ScalableKind = "deployment" | "statefulset";
/** The kinds that `kubectl rollout` can restart and take back, as command lines write them. */
export type RestartableKind = ScalableKind | "daemonset";

/** A workload as command lines name it. */
export interface WorkloadName<Kind extends RestartableKind = RestartableKind> {
  readonly kind: Kind;
  readonly name: string;
  readonly namespace: string;
}

/** The kind as `kubectl scale` takes it, for a kind as the API writes it; undefined where it cannot be scaled. */
export function scalableKind(kind: string): ScalableKind | undefined {
  return (["deployment", "statefulset"] as const).find((known) => known === kind.toLowerCase());
}

/** The kind as `kubectl rollout restart` takes it; undefined where it cannot be restarted. */
export function restartableKind(kind: string): RestartableKind | undefined {
  return (["deployment", "statefulset", "daemonset"] as const).find((known) => known === kind.toLowerCase());
}

/** `kind/name -n namespace`, quoted. */
export function workloadWords({ kind, name, namespace }: WorkloadName): string {
  return `${quoteWord(`${kind}/${name}`)} -n ${quoteWord(namespace)}`;
}
