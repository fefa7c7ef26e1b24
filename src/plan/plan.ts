import type { Effect } from "../shell/analysis.ts";
import type { KubectlCall } from "../shell/kubectlCall.ts";

/** What a run is pinned to. */
export interface Target {
  readonly context: string;
  readonly namespace: string;
}

/** A kubectl call of a plan, with the target that it really acts on. */
export interface KubectlAction {
  readonly call: KubectlCall;
  readonly effect: Effect;
  /** The plan's target, or what the call names by `--context` and `-n` instead. */
  readonly target: Target;
  /** Whether that is another context or namespace than the plan's. */
  readonly elsewhere: boolean;
}

/** One top-level statement of a plan's script. */
export interface PlannedCommand {
  /** Zero-based line in the script. */
  readonly line: number;
  /** Zero-based last line in the script. */
  readonly endLine: number;
  readonly text: string;
  readonly effect: Effect;
  /** For a person: what it does that is not a read. */
  readonly reasons: readonly string[];
  /** Its kubectl calls that act on a cluster, in order. Empty where the plan has no target, and where there is a doubt. */
  readonly actions: readonly KubectlAction[];
  /** The contexts that its other programs name, as helm does. */
  readonly contexts: readonly string[];
  /** Why it cannot be told which cluster it acts on: `it names another kubeconfig`; null where it can. */
  readonly doubt: string | null;
  /** Whether something of it changes things that no kubectl call here tells about: an unknown script, a host, a file. */
  readonly uncounted: boolean;
}

/** All that a run will do, as data: the engine executes any plan, and a person can read it before. */
export interface Plan {
  /** Where the plan comes from: the headings of a block, or the name of a recovery action. */
  readonly title: string;
  /** The bash text, as it is run and shown. */
  readonly script: string;
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** Null where no kubeconfig exists: what needs no cluster can still run. */
  readonly target: Target | null;
  readonly commands: readonly PlannedCommand[];
  /** The worst effect of its commands. */
  readonly effect: Effect;
  /** How long it may take, in ms; null for as long as it takes. */
  readonly timeoutMs: number | null;
}

/** `context/namespace`, as every head line and question names a target. */
export function describeTarget(target: Target | null): string {
  return target ? `${target.context}/${target.namespace}` : "no cluster";
}

/** Every context that the plan acts on, its own first; without a target none. */
export function contextsOf(plan: Plan): string[] {
  const own = plan.target ? [plan.target.context] : [];
  const named = plan.commands.flatMap(({ actions, contexts }) => [
    ...actions.map((action) => action.target.context),
    ...contexts,
  ]);
  return [...new Set([...own, ...named])];
}

/** Whether the plan changes something on a cluster of which nobody can tell which it is. */
export function changesAnyCluster(plan: Plan): boolean {
  return plan.commands.some(({ effect, doubt }) => effect !== "read" && doubt !== null);
}
