import { type AccessRequest, describeAccess } from "./access.ts";
import type { Impact } from "./impact.ts";
import { describeTarget, type Plan, type PlannedCommand } from "./plan.ts";
import { servicesElsewhere } from "./urlHosts.ts";

const does = { read: "reads", change: "changes", destroy: "destroys" } as const;

/** What is known of a plan's consequences before it runs. */
export interface Preview {
  /** For each command of the plan, the impacts of its changing kubectl calls. */
  readonly impacts: readonly (readonly Impact[])[];
  /** What the user is not allowed to do, of all that the plan needs. */
  readonly refused: readonly AccessRequest[];
  /** Why the cluster could not be asked; null where it answered. */
  readonly problem: string | null;
}

/** A preview that knows nothing, for plans that nobody needs to ask the cluster about. */
export const emptyPreview: Preview = { impacts: [], refused: [], problem: null };

/** A question about a plan that only reads shows this many of its commands. */
const mostReads = 10;

/** The plan and its consequences as plain lines, for a question, a hover or a terminal. */
export function describePlan(plan: Plan, preview: Preview): string[] {
  const target = plan.target
    ? [`Context: ${plan.target.context}`, `Namespace: ${plan.target.namespace}`]
    : ["No cluster: there is no kubeconfig."];
  const readers = plan.commands.filter((command) => command.effect === "read");
  const reads = readers.length;
  // Beside changes, what only reads would be in the way; alone, it is all there is to say.
  const shown = reads === plan.commands.length ? plan.commands.slice(0, mostReads) : plan.commands;
  const commands = shown.flatMap((command, index) =>
    command.effect === "read" && reads < plan.commands.length
      ? []
      : ["", ...describeCommand(plan, command, preview.impacts[index] ?? [])],
  );
  const hidden = readers.filter((command) => !shown.includes(command) || reads < plan.commands.length);
  const rest =
    reads > 0
      ? [
          "",
          `${reads} ${reads === 1 ? "command" : "commands"} that only ${reads === 1 ? "reads" : "read"}.`,
          ...describeReach(plan, hidden.map(({ text }) => text).join("\n")),
        ]
      : [];
  const refused = preview.refused.map((request) => `You may not ${describeAccess(request)}.`);
  const problem = preview.problem === null ? [] : ["", `What it hits could not be counted: ${preview.problem}`];
  return [...target, ...commands, ...rest, ...(refused.length > 0 ? ["", ...refused] : []), ...problem];
}

function describeCommand(plan: Plan, command: PlannedCommand, impacts: readonly Impact[]): string[] {
  const lines = command.text.split("\n");
  const shown = lines.length > 6 ? [...lines.slice(0, 5), `… ${lines.length - 5} more lines`] : lines;
  const elsewhere = command.actions.filter((action) => action.elsewhere);
  return [
    ...shown,
    ...elsewhere.map(({ target }) => `→ acts on ${describeTarget(target)}, not on ${describeTarget(plan.target)}`),
    ...command.contexts.map((context) => `→ acts on ${context}, not on ${describeTarget(plan.target)}`),
    ...describeReach(plan, command.text),
    ...(command.doubt === null ? [] : [`→ ${cannotTell(command.doubt)}`]),
    ...(impacts.length > 0 ? impacts.map(({ sentence }) => `→ ${sentence}`) : []),
    ...(impacts.length === 0 || command.uncounted ? command.reasons.map((reason) => `→ ${reason}`) : []),
  ];
}

/** One command of a plan by itself, as plain lines: where it acts, what it does and hits, and the folder it runs in. */
export function describeOne(plan: Plan, preview: Preview, index: number): string[] {
  const command = plan.commands[index];
  if (!command) return [];
  const elsewhere = command.actions.filter((action) => action.elsewhere);
  const named = [...elsewhere.map(({ target }) => describeTarget(target)), ...command.contexts];
  const on = named.length > 0 ? named : [describeTarget(plan.target)];
  return [
    command.doubt === null ? `${does[command.effect]} · on ${[...new Set(on)].join(", ")}` : does[command.effect],
    ...(command.doubt === null ? [] : [cannotTell(command.doubt)]),
    ...command.reasons.map((reason) => `· ${reason}`),
    ...describeReach(plan, command.text),
    ...(preview.impacts[index] ?? []).map(({ sentence }) => `→ ${sentence}`),
    ...preview.refused.map((request) => `You may not ${describeAccess(request)}.`),
    ...(preview.problem === null ? [] : [preview.problem]),
    `in ${plan.directory}`,
  ];
}

/** The services that a text of the plan reaches outside of the namespace that the plan is pinned to. */
function describeReach({ target }: Plan, text: string): string[] {
  if (!target) return [];
  return servicesElsewhere(text, target.namespace).map((name) => `→ reaches ${name}, not in ${target.namespace}`);
}

function cannotTell(doubt: string): string {
  return `cannot tell which cluster this acts on: ${doubt}`;
}
