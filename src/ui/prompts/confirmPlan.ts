import { window } from "vscode";
import { changesAnyCluster, contextsOf, type Plan } from "../../plan/plan.ts";
import { describePlan, type Preview } from "../../plan/preview.ts";
import { isProtected } from "../../plan/protection.ts";
import { messageText, questionText } from "../shownText.ts";

/** How a plan is asked about. */
export interface Question {
  /** The word on the button that says yes. */
  readonly verb: string;
  /** A sentence with a space behind it on why it is asked; empty where that is plain. */
  readonly because: string;
  readonly protectedPatterns: readonly string[];
}

/**
 * Shows a plan with what it is pinned to, what it does and what it hits, and asks; true when the person says `verb`.
 * For a protected context its name must be typed too, so that nobody gets there by Enter alone.
 */
export async function confirmPlan(
  plan: Plan,
  preview: Preview,
  { verb, because, protectedPatterns }: Question,
): Promise<boolean> {
  const detail = questionText(describePlan(plan, preview).join("\n"));
  const sign = plan.effect === "destroy" ? "This destroys something. " : "";
  if (
    (await window.showWarningMessage(messageText(`${because}${sign}${plan.title}?`), { modal: true, detail }, verb)) !==
    verb
  )
    return false;
  for (const context of contextsOf(plan).filter((name) => isProtected(name, protectedPatterns))) {
    const prompt = `Type the context's name to run "${plan.title}" on it.`;
    if (!(await typeWords(context, `${context} is protected`, prompt))) return false;
  }
  // It may be a protected one: whoever has such contexts does not get there by Enter alone either.
  if (protectedPatterns.length === 0 || !changesAnyCluster(plan)) return true;
  const prompt = `Type the words "any cluster" to run "${plan.title}".`;
  return typeWords("any cluster", "It cannot be told which cluster this changes", prompt);
}

/** Lets the person type words; false where they leave. */
export async function typeWords(words: string, title: string, prompt: string): Promise<boolean> {
  const typed = await window.showInputBox({
    title,
    prompt,
    placeHolder: words,
    ignoreFocusOut: true,
    validateInput: (text) => (text === words ? undefined : `Type "${words}" to go on, or press Escape.`),
  });
  return typed === words;
}
