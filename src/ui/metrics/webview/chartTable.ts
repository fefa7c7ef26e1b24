import type { Chart } from "../../../metrics/chart.ts";
import { valueWordsAt } from "../../../metrics/chartWords.ts";
import { clock } from "./clock.ts";
import { element } from "./elements.ts";

/** A page is no spreadsheet: the CSV has all. */
const mostRows = 300;

/** The values of a chart as a table, the newest first; times without any value are left out. */
export function chartTable(chart: Chart): HTMLElement {
  const { times, series, unit, label } = chart;
  const indices = times
    .map((_, index) => index)
    .filter((index) => series.some(({ values }) => (values[index] ?? null) !== null));
  const shown = indices.toReversed().slice(0, mostRows);
  const head = element(
    "tr",
    {},
    ...["Time", ...series.map(({ name }) => name)].map((text) => element("th", { text, attributes: { scope: "col" } })),
  );
  const rows = shown.map((index) =>
    element(
      "tr",
      {},
      element("th", { text: clock(times[index] ?? 0), attributes: { scope: "row" } }),
      ...series.map((one) => element("td", { text: valueWordsAt(one, index, unit) })),
    ),
  );
  const left = indices.length - shown.length;
  const caption = `${label}${left > 0 ? `, the last ${shown.length} of ${indices.length} times` : ""}`;
  return element(
    "table",
    {},
    element("caption", { text: caption }),
    element("thead", {}, head),
    element("tbody", {}, ...rows),
  );
}
