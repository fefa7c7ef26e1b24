import type { Metric } from "../runbook/metrics.ts";
import { type Promql, type PromqlSelector, parsePromql } from "../runbook/promqlExpression.ts";
import { fillVariables, openVariables } from "./grafanaVariables.ts";
import { type MetricFacts, noFacts } from "./metricFacts.ts";
import { metricForms } from "./metricForms.ts";
import type { MetricQuery } from "./metricQuery.ts";
import { unitOf } from "./metricUnit.ts";
import { addMatchers, namespaceMatcher } from "./namespaceScope.ts";

/** What the form of a query depends on. */
export interface FormOptions {
  /** What it is narrowed to; null for nothing. */
  readonly namespace: string | null;
  /** How far rates look back, in minutes. */
  readonly window: number;
  /** What is known of a selector, as `selectorsOf` gives it. */
  readonly facts: (selector: string) => MetricFacts | undefined;
}

/** Rates look back at least this far, in minutes. */
const shortestWindow = 5;
/** A rate over fewer samples jumps, or has gaps. */
const samplesOfWindow = 4;

/** How far rates look back, in minutes, for series that get a value so often (in ms; null where that is not known). */
export function rateWindow(scrapeMs: number | null): number {
  return Math.max(shortestWindow, Math.ceil(((scrapeMs ?? 0) * samplesOfWindow) / 60_000));
}

/** The selectors of a query as their text, each once: what `queryForms` wants to know of. */
export function selectorsOf(query: string, options: Omit<FormOptions, "facts">): string[] {
  const text = filled(query, options);
  return [...new Set(parsePromql(text)?.selectors.map((selector) => textOf(text, selector)))];
}

/** A query of a runbook in the forms in which it is asked: one, or those of a histogram's quantiles. */
export function queryForms({ query, label }: Pick<Metric, "query" | "label">, options: FormOptions): MetricQuery[] {
  const text = filled(query, options);
  const promql = parsePromql(text);
  const facts = promql?.selectors.map((selector) => options.facts(textOf(text, selector)) ?? noFacts) ?? [];
  const matchers = promql?.selectors.map((one, index) => matchersFor(one, facts[index], isBare(promql, text), options));
  const scoped = promql && matchers ? addMatchers(text, promql, matchers) : text;
  const narrowed = matchers?.flat().some((matcher) => matcher.includes("namespace=")) ?? false;
  const notes = [narrowed ? `namespace ${options.namespace}` : "", ...openVariables(scoped).map(withoutValue)];
  const selector = promql && isBare(promql, text) ? promql.selectors[0] : undefined;
  const title = label || query;
  if (!selector || selector.metric === "") {
    return [{ label: title, written: query, expression: scoped, unit: unitOf(scoped), note: noteOf("", notes) }];
  }
  const braces = scoped.slice(selector.start + selector.metric.length).trim();
  return metricForms(selector.metric, braces, facts[0] ?? noFacts, options.window).map((form) => ({
    label: form.name === "" ? title : `${title} ${form.name}`,
    written: query,
    expression: form.expression,
    unit: form.unit,
    note: noteOf(form.note, notes),
  }));
}

/** A query as the person has edited it: asked as it is, but for variables. */
export function editedQuery(
  { query, label }: Pick<Metric, "query" | "label">,
  expression: string,
  options: Omit<FormOptions, "facts">,
): MetricQuery {
  const text = filled(expression, options);
  const note = noteOf("edited", openVariables(text).map(withoutValue));
  return { label: label || query, written: query, expression: text, unit: unitOf(text), note };
}

/** Those of a runbook's queries that are asked for one as it is written, each once: it may stand in several places. */
export function formsOf(queries: readonly MetricQuery[], written: string): MetricQuery[] {
  const forms = queries.filter((query) => query.written === written);
  return [...new Map(forms.map((query) => [query.expression, query])).values()];
}

function filled(query: string, { namespace, window }: Omit<FormOptions, "facts">): string {
  return fillVariables(query.trim(), { namespace, window: `${window}m` });
}

/** Whether an expression is nothing but a selector. */
function isBare({ selectors, range }: Promql, text: string): boolean {
  const [selector] = selectors;
  return !range && selectors.length === 1 && selector?.start === 0 && selector.end === text.length;
}

function matchersFor(
  selector: PromqlSelector,
  facts: MetricFacts = noFacts,
  bare: boolean,
  { namespace }: FormOptions,
): string[] {
  const scope = namespace === null ? null : namespaceMatcher(selector, facts, namespace);
  return [...(scope === null ? [] : [scope]), ...(bare ? stateMatcher(selector, facts) : [])];
}

/** Of a state that has a series for each of `true`, `false` and `unknown`, the one that says that it holds. */
function stateMatcher({ metric, labels }: PromqlSelector, facts: MetricFacts): string[] {
  const isState = /^kube_\w+_status_/.test(metric) && facts.labels.includes("condition");
  return isState && !labels.includes("condition") ? ['condition="true"'] : [];
}

function textOf(text: string, { start, end }: PromqlSelector): string {
  return text.slice(start, end);
}

function withoutValue(variable: string): string {
  return `$${variable} has no value here`;
}

function noteOf(form: string, more: readonly string[]): string {
  return [form, ...more].filter((part) => part !== "").join(", ");
}
