import type { Promql, PromqlSelector } from "../runbook/promqlExpression.ts";
import type { MetricFacts } from "./metricFacts.ts";

/** Labels that tell a namespace. Where a scrape gave the first another meaning, the second holds the object's own. */
const namespaceLabels = ["namespace", "exported_namespace", "kubernetes_namespace"];

/** A matcher that narrows a selector to a namespace; null where it is narrowed already, or its series tell no namespace. */
export function namespaceMatcher(selector: PromqlSelector, facts: MetricFacts, namespace: string): string | null {
  if (selector.labels.some((label) => namespaceLabels.includes(label))) return null;
  const own = ["exported_namespace", "namespace"].find((label) => facts.labels.includes(label));
  return own === undefined ? null : `${own}=${quoted(namespace)}`;
}

/** An expression with more matchers in its selectors: for each selector in their order, those to add. */
export function addMatchers(text: string, { selectors }: Promql, matchers: readonly (readonly string[])[]): string {
  return selectors.reduceRight((made, selector, index) => {
    const added = (matchers[index] ?? []).join(",");
    if (added === "") return made;
    const { brace, end, labels } = selector;
    if (brace === null) return `${made.slice(0, end)}{${added}}${made.slice(end)}`;
    return `${made.slice(0, brace + 1)}${added}${labels.length > 0 ? "," : ""}${made.slice(brace + 1)}`;
  }, text);
}

/** A text as PromQL writes one. */
export function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
