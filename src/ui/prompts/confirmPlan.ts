import { window } from "vscode";
import { contextsOf, type Plan } from "../../plan/plan.ts";
import { describePlan, type Preview } from "../../plan/preview.ts";
import { isProtected } from "../../plan/protection.ts";

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
  const detail = describePlan(plan, preview).join("\n");
  const sign = plan.effect === "destroy" ? "This destroys something. " : "";
  if ((await window.showWarningMessage(`${because}${sign}${plan.title}?`, { modal: true, detail }, verb)) !== verb)
    return false;
  for (const context of contextsOf(plan).filter((name) => isProtected(name, protectedPatterns))) {
    if (!(await typeContext(context, plan.title))) return false;
  }
  return true;
}

async function typeContext(context: string, title: string): Promise<boolean> {
  const typed = await window.showInputBox({
    title: `${context} is protected`,
    prompt: `Type the context's name to run "${title}" on it.`,
    placeHolder: context,
    ignoreFocusOut: true,
    validateInput: (text) => (text === context ? undefined : `Type ${context} to go on, or press Escape.`),
  });
  return typed === context;
}
