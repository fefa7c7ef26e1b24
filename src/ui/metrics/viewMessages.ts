import { type Check, flag, listOf, moment, number, oneOf, orNull, shaped, text } from "../../incident/shapes.ts";
import type { Chart } from "../../metrics/chart.ts";
import type { RangeChoice } from "../../metrics/chartRange.ts";

/** A query as the Metrics view shows it. Its texts are safe to be shown, but for the expression, which is to be edited. */
export interface ShownQuery {
  readonly id: number;
  readonly label: string;
  readonly expression: string;
  readonly note: string;
}

/** What the extension tells the page of the Metrics view. */
export type ViewUpdate =
  | {
      readonly type: "runbook";
      readonly title: string;
      /** Where the values come from. */
      readonly source: string;
      readonly choice: RangeChoice;
      readonly inIncident: boolean;
      readonly queries: readonly ShownQuery[];
    }
  /** Nothing can be shown, and why. */
  | { readonly type: "nothing"; readonly title: string; readonly message: string }
  | { readonly type: "chart"; readonly id: number; readonly chart: Chart }
  | { readonly type: "problem"; readonly id: number; readonly message: string }
  /** A round of asking is over; `askedAt` is in ms since the epoch. */
  | { readonly type: "asked"; readonly askedAt: number; readonly isLive: boolean }
  | { readonly type: "focus"; readonly id: number };

/** Into what a chart can be written. */
export type ChartFormat = "svg" | "png" | "csv";

/** What the page asks of the extension. */
export type ViewRequest =
  | { readonly type: "ready" }
  | { readonly type: "choose"; readonly choice: RangeChoice }
  | { readonly type: "edit"; readonly id: number; readonly expression: string }
  /** Of one query, or of all where there is none. */
  | { readonly type: "retry"; readonly id: number | null }
  /** `content` is a text, of a PNG its bytes in base64. */
  | { readonly type: "save"; readonly id: number; readonly format: ChartFormat; readonly content: string };

const mostMinutes = 31 * 24 * 60;
/** More is no picture of a chart, in characters. */
const mostContent = 20_000_000;
const mostExpression = 10_000;

const shortText =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most;
const minutes: Check = (value) => number(value) && Number(value) > 0 && Number(value) <= mostMinutes;
const between: Check = (value) => {
  if (!shaped({ from: moment, to: moment })(value)) return false;
  const { from, to } = value as { readonly from: number; readonly to: number };
  return from < to && to - from <= mostMinutes * 60_000;
};
const choiceKinds: Readonly<Record<RangeChoice["kind"], Check>> = {
  incident: shaped({}),
  last: shaped({ minutes }),
  between,
};
const choice: Check = (value) => isOfKind(value, "kind", choiceKinds);

const query = shaped({ id: number, label: text, expression: text, note: text });
const chart = shaped({
  label: text,
  unit: oneOf("number", "seconds", "bytes", "per-second", "ratio"),
  times: listOf(moment),
  series: listOf(shaped({ name: text, values: listOf(orNull(number)) })),
  left: number,
  marks: listOf(shaped({ at: moment, kind: oneOf("run", "workload", "note", "metric", "incident"), words: text })),
});

const updates: Readonly<Record<ViewUpdate["type"], Check>> = {
  runbook: shaped({ title: text, source: text, choice, inIncident: flag, queries: listOf(query) }),
  nothing: shaped({ title: text, message: text }),
  chart: shaped({ id: number, chart }),
  problem: shaped({ id: number, message: text }),
  asked: shaped({ askedAt: moment, isLive: flag }),
  focus: shaped({ id: number }),
};

const requests: Readonly<Record<ViewRequest["type"], Check>> = {
  ready: shaped({}),
  choose: shaped({ choice }),
  edit: shaped({ id: number, expression: shortText(mostExpression) }),
  retry: shaped({ id: orNull(number) }),
  save: shaped({ id: number, format: oneOf("svg", "png", "csv"), content: shortText(mostContent) }),
};

/** A message of the extension; null where it is none. */
export function readUpdate(value: unknown): ViewUpdate | null {
  return isOfKind(value, "type", updates) ? (value as ViewUpdate) : null;
}

/** A message of the page; null where it is none. */
export function readRequest(value: unknown): ViewRequest | null {
  return isOfKind(value, "type", requests) ? (value as ViewRequest) : null;
}

function isOfKind(value: unknown, field: string, checks: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const kind = (value as Readonly<Record<string, unknown>>)[field];
  return typeof kind === "string" && Object.hasOwn(checks, kind) && checks[kind]?.(value) === true;
}
