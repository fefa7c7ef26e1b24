import { changesAnyCluster, contextsOf, describeTarget, type Plan } from "../../plan/plan.ts";
import { describePlan, emptyPreview, type Preview } from "../../plan/preview.ts";
import { isProtected } from "../../plan/protection.ts";
import { quoteWord } from "../../shell/quote.ts";
import { CliError } from "../cliError.ts";
import { printable } from "../printable.ts";
import type { Questions } from "./questions.ts";
import type { RunAsked } from "./runOptions.ts";

/** What a command line agrees to beforehand. */
export type Agreement = Pick<RunAsked, "yes" | "confirmedContexts" | "protectedPatterns">;

/** What is typed where it cannot be told which cluster is changed: it may be a protected one. */
const anyCluster = "any cluster";

/**
 * Makes sure that a plan was agreed to where nobody can be asked.
 * @throws CliError `not-agreed`; its message says what would happen
 */
export function requireAgreement(plan: Plan, agreement: Agreement): void {
  if (plan.effect === "read") return;
  const words = wordsToType(plan, agreement);
  if (agreement.yes && words.length === 0) return;
  const options = [...(agreement.yes ? [] : ["--yes"]), ...words.map((one) => `--confirm-context ${quoteWord(one)}`)];
  const why = words.map((one) => `, and ${reason(one)}`).join("");
  const message = `Not run: "${plan.title}" ${does(plan)} on ${describeTarget(plan.target)}${why}. To run it, say ${options.join(" ")}`;
  throw new CliError("not-agreed", [printable(message), ...planLines(plan, emptyPreview)].join("\n"));
}

/**
 * Asks the person at the terminal for a plan that was not agreed to beforehand: to type yes, or the names of its protected
 * contexts.
 * @throws CliError `not-agreed`
 */
export async function askAgreement(plan: Plan, agreement: Agreement, questions: Questions): Promise<void> {
  const words = wordsToType(plan, agreement);
  if (plan.effect === "read" || (agreement.yes && words.length === 0)) return;
  const isAgreed = async (question: string, wanted: string) => (await questions.ask(question)) === wanted;
  for (const one of words) {
    if (!(await isAgreed(printable(`${capital(reason(one))}. Type ${one} to run: `), one))) throw notAgreed();
  }
  if (words.length === 0 && !(await isAgreed("Type yes to run: ", "yes"))) throw notAgreed();
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

/** The protected contexts that a plan acts on and that were not confirmed, and the two words for any cluster. */
function wordsToType(plan: Plan, { confirmedContexts, protectedPatterns }: Agreement): string[] {
  const guarded = contextsOf(plan).filter((context) => isProtected(context, protectedPatterns));
  return [...guarded, ...(changesAnyCluster(plan) ? [anyCluster] : [])].filter(
    (one) => !confirmedContexts.includes(one),
  );
}

function reason(word: string): string {
  return word === anyCluster ? "it cannot be told which cluster this changes" : `${word} is protected`;
}

function capital(text: string): string {
  return text.startsWith("it ") ? `I${text.slice(1)}` : text;
}

function notAgreed(): CliError {
  return new CliError("not-agreed", "Not run.");
}
