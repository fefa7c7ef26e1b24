import type { InlineTexts } from "./inlineTexts.ts";
import { looksLikePromql } from "./metricNames.ts";
import type { Fence, Part } from "./part.ts";
import { isPromql, promqlFence } from "./promqlFence.ts";
import { trimOf } from "./trim.ts";

/** A PromQL query that the runbook tells to look at. */
export interface Metric {
  /** Zero-based line the query begins on. */
  readonly line: number;
  readonly query: string;
  /** What the runbook calls it; may be empty. */
  readonly label: string;
}

/** The queries in one part: code in list items that is PromQL, and what stands in `promql` fences. Lines count from the part. */
export function metricsOf(part: Part, amongMetrics: boolean, texts: InlineTexts): Metric[] {
  const metrics = [...itemMetrics(part, amongMetrics, texts), ...part.fences.flatMap((fence) => fenceMetrics(fence))];
  return part.items.length > 0 && part.fences.length > 0
    ? metrics.sort((one, other) => one.line - other.line)
    : metrics;
}

function itemMetrics(part: Part, amongMetrics: boolean, texts: InlineTexts): Metric[] {
  return part.items.flatMap(({ prose }) => {
    if (!prose?.content.includes("`") || (!amongMetrics && !/`[^`]*[{([]/.test(prose.content))) return [];
    const { pieces } = texts.of(prose);
    const first = pieces.findIndex(({ kind }) => kind === "code");
    const before = textOf(pieces.slice(0, first));
    const behind = textOf(pieces.slice(first + 1));
    const prominent = before === "" || /[::–—(=-]$/u.test(before) || behind === "";
    const label = trimOf(before || behind, " \t::–—(=-");
    return pieces.flatMap((piece) => {
      if (piece.kind !== "code" || !looksLikePromql(piece.text, amongMetrics, prominent)) return [];
      return [{ line: prose.line + piece.line, query: piece.text.trim(), label }];
    });
  });
}

function fenceMetrics(fence: Fence): Metric[] {
  if (!isPromql(fence)) return [];
  return promqlFence(fence.text).map((found) => ({ ...found, line: fence.line + 1 + found.line }));
}

function textOf(pieces: readonly { readonly text: string }[]): string {
  return pieces
    .map(({ text }) => text)
    .join("")
    .trim();
}
