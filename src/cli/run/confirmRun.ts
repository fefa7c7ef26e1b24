import { contextsOf, describeTarget, type Plan } from "../../plan/plan.ts";
import { describePlan, emptyPreview, type Preview } from "../../plan/preview.ts";
import { isProtected } from "../../plan/protection.ts";
import { CliError } from "../cliError.ts";
import { printable } from "../printable.ts";
import type { Questions } from "./questions.ts";
import type { RunAsked } from "./runOptions.ts";

/** What a command line agrees to beforehand. */
export type Agreement = Pick<RunAsked, "yes" | "confirmedContexts" | "protectedPatterns">;

/**
 * Makes sure that a plan was agreed to where nobody can be asked.
 * @throws CliError `not-agreed`; its message says what would happen
 */
export function requireAgreement(plan: Plan, agreement: Agreement): void {
  if (plan.effect === "read") return;
  const contexts = unconfirmedContexts(plan, agreement);
  if (agreement.yes && contexts.length === 0) return;
  const options = [...(agreement.yes ? [] : ["--yes"]), ...contexts.map((name) => `--confirm-context ${name}`)];
  const why = contexts.length > 0 ? `, and ${contexts.join(" and ")} is protected` : "";
  const message = `Not run: "${plan.title}" ${does(plan)} on ${describeTarget(plan.target)}${why}. To run it, say ${options.join(" ")}`;
  throw new CliError("not-agreed", [printable(message), ...planLines(plan, emptyPreview)].join("\n"));
}

/**
 * Asks the person at the terminal for a plan that was not agreed to beforehand: to type yes, or the names of its protected
 * contexts.
 * @throws CliError `not-agreed`
 */
export async function askAgreement(plan: Plan, agreement: Agreement, questions: Questions): Promise<void> {
  const contexts = unconfirmedContexts(plan, agreement);
  if (plan.effect === "read" || (agreement.yes && contexts.length === 0)) return;
  const isAgreed = async (question: string, wanted: string) => (await questions.ask(question)) === wanted;
  for (const context of contexts) {
    if (!(await isAgreed(`${printable(context)} is protected. Type its name to run: `, context))) throw notAgreed();
  }
  if (contexts.length === 0 && !(await isAgreed("Type yes to run: ", "yes"))) throw notAgreed();
}

/** A plan that is more than reads, for the person: what it is pinned to, what it does and what it hits. */
export function planText(plan: Plan, preview: Preview): string {
  return [printable(`"${plan.title}" ${does(plan)}:`), ...planLines(plan, preview), ""].join("\n");
}

function planLines(plan: Plan, preview: Preview): string[] {
  return describePlan(plan, preview).map((line) => (line === "" ? "" : `  ${printable(line)}`));
}

function does({ effect }: Plan): string {
  return effect === "destroy" ? "destroys something" : "changes something";
}

function unconfirmedContexts(plan: Plan, { confirmedContexts, protectedPatterns }: Agreement): string[] {
  const guarded = contextsOf(plan).filter((context) => isProtected(context, protectedPatterns));
  return guarded.filter((context) => !confirmedContexts.includes(context));
}

function notAgreed(): CliError {
  return new CliError("not-agreed", "Not run.");
}
