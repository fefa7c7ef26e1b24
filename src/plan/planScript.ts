import type { BlockAnalysis, Call, Command, Effect } from "../shell/analysis.ts";
import { readKubectl } from "../shell/kubectlCall.ts";
import type { KubectlAction, Plan, PlannedCommand, Target } from "./plan.ts";
import { isKubectl, otherContexts, targetDoubts } from "./targetDoubt.ts";

/** What a plan is made of: an analysed script, and where it runs. */
export interface ScriptSource {
  readonly title: string;
  readonly analysis: BlockAnalysis;
  /** Absolute path. */
  readonly directory: string;
  readonly target: Target | null;
  /** How long the run may take, in ms; null, or left out, for as long as it takes. */
  readonly timeoutMs?: number | null;
}

const severity: readonly Effect[] = ["read", "change", "destroy"];

/** The plan of a whole script. The script must have no placeholders left; whoever fills them in sees to that. */
export function planScript({ title, analysis, directory, target, timeoutMs = null }: ScriptSource): Plan {
  const doubts = targetDoubts(analysis);
  const commands = analysis.commands.map((command, index) => planCommand(command, target, doubts[index] ?? null));
  // What cannot be parsed into commands still runs as one, and nobody knows what it does.
  const unread = commands.length === 0 || analysis.syntaxErrors.length > 0 ? "change" : "read";
  const effect = worst([unread, ...commands.map((command) => command.effect)]);
  return { title, script: analysis.script, directory, target, commands, effect, timeoutMs };
}

/** The worst of several effects; of none, `read`. */
export function worst(effects: readonly Effect[]): Effect {
  return severity[Math.max(0, ...effects.map((effect) => severity.indexOf(effect)))] ?? "destroy";
}

function planCommand(command: Command, own: Target | null, doubt: string | null): PlannedCommand {
  const target = doubt === null ? own : null;
  const actions = target ? command.calls.flatMap((call) => kubectlAction(call, target)) : [];
  const counted = new Set(command.calls.filter((call) => target !== null && kubectlAction(call, target).length > 0));
  const contexts = [...new Set(command.calls.flatMap(otherContexts))];
  const uncounted =
    command.effect !== "read" &&
    (actions.every((action) => action.effect === "read") ||
      command.calls.some((call) => call.effect !== "read" && !counted.has(call)));
  const { line, endLine, text, effect, reasons } = command;
  return { line, endLine, text, effect, reasons, actions, contexts, doubt, uncounted };
}

function kubectlAction(call: Call, own: Target): KubectlAction[] {
  if (call.where !== "here" || !isKubectl(call)) return [];
  const kubectl = readKubectl(call.args);
  if (!kubectl || kubectl.kubeconfig !== null) return [];
  const target = { context: kubectl.context ?? own.context, namespace: kubectl.namespace ?? own.namespace };
  const elsewhere = target.context !== own.context || target.namespace !== own.namespace;
  return [{ call: kubectl, effect: call.effect, target, elsewhere }];
}
