import type { BlockAnalysis } from "../shell/analysis.ts";
import { readKubectl } from "../shell/kubectlCall.ts";
import { PlanError } from "./planError.ts";
import { isKubectl, otherContexts } from "./targetDoubt.ts";

/**
 * Makes sure that a block is something bash can be given at all.
 * @throws PlanError `empty` or `not-shell`
 */
export function requireShell(analysis: BlockAnalysis): void {
  if (analysis.kind === "not-shell") {
    throw new PlanError("not-shell", `Not run: this is not shell. ${analysis.why}`);
  }
  if (analysis.script.trim() === "") throw new PlanError("empty", "This block is empty: there is nothing to run.");
}

/** The names of the placeholders, each once, in the order in which a person meets them. */
export function placeholderNames(analysis: BlockAnalysis): string[] {
  return [...new Set(analysis.placeholders.map((placeholder) => placeholder.name))];
}

/** The title of a block's plan: its headings below the document's own. */
export function blockTitle(headings: readonly string[]): string {
  return headings.slice(1).join(" › ") || headings.join("");
}

/** The contexts that the calls of a block name, as by `--context`, each once. */
export function namedContexts(analysis: BlockAnalysis): string[] {
  const calls = analysis.commands.flatMap((command) => command.calls);
  const contexts = calls.flatMap((call) => (isKubectl(call) ? [readKubectl(call.args)?.context] : otherContexts(call)));
  return [...new Set(contexts.filter((context) => typeof context === "string"))];
}
