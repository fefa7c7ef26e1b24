import { type Chart, type ChartMark, chartOf } from "../../../src/metrics/chart.ts";
import type { MetricUnit } from "../../../src/metrics/metricQuery.ts";
import type { TimeSeries } from "../../../src/metrics/timeSeries.ts";

/** 2026-11-25 03:00:00, in ms since the epoch. */
export const began = Date.UTC(2026, 10, 25, 3);
export const step = 15_000;

/** A series with one value a step. */
export function series(labels: Readonly<Record<string, string>>, values: readonly number[]): TimeSeries {
  return { labels, samples: values.map((value, index) => ({ at: began + index * step, value })) };
}

/** A chart whose every text is this one. */
export function chartOfText(text: string): Chart {
  const answer = [
    series({ [text]: text, a: "1" }, [1, 2, 3]),
    series({ [text]: `${text.slice(0, 30)}2`, a: "2" }, [2, 1, 0]),
  ];
  const mark: ChartMark = { at: began + step, kind: "note", words: text };
  return chart(text, answer, "number", [mark]);
}

/** A chart of ten minutes. */
export function chart(
  label: string,
  answer: readonly TimeSeries[],
  unit: MetricUnit = "number",
  marks: readonly ChartMark[] = [],
): Chart {
  return chartOf({ label, unit }, answer, { from: began, to: began + 40 * step, step }, marks);
}
