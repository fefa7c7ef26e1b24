import type { MetricQuery, MetricUnit } from "./metricQuery.ts";
import type { MetricsRange } from "./metricsSource.ts";
import { plainLabel } from "./plainLabel.ts";
import { seriesNames } from "./seriesNames.ts";
import type { Sample, TimeSeries } from "./timeSeries.ts";

/** A moment that a chart points out. */
export interface ChartMark {
  /** In ms since the epoch. */
  readonly at: number;
  readonly kind: "run" | "workload" | "note" | "metric" | "incident";
  readonly words: string;
}

/** A line of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** One for each of the chart's times; null where there is no number to be drawn. */
  readonly values: readonly (number | null)[];
}

/** What a chart shows, small enough to be drawn at once. */
export interface Chart {
  readonly label: string;
  readonly unit: MetricUnit;
  /** In ms since the epoch, evenly apart, at least two. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  /** How many series there are that are not shown. */
  readonly left: number;
  /** In the order of their times. */
  readonly marks: readonly ChartMark[];
}

/** More lines nobody can tell apart. */
export const mostSeries = 20;
/** A screen has few more points than this. */
export const mostPoints = 1000;
const mostMarks = 100;
const mostLabel = 120;

/**
 * The chart of a query's answer over a range. Of many series those are shown that moved most; marks outside of the range are
 * left out, of many the latest are shown.
 */
export function chartOf(
  query: Pick<MetricQuery, "label" | "unit">,
  answer: readonly TimeSeries[],
  range: MetricsRange,
  marks: readonly ChartMark[],
): Chart {
  const step = Math.max(range.step, (range.to - range.from) / (mostPoints - 1), 1);
  const count = Math.max(2, Math.floor((range.to - range.from) / step) + 1);
  const times = Array.from({ length: count }, (_, index) => range.from + index * step);
  const label = plainLabel(query.label, mostLabel);
  const names = seriesNames(answer, label);
  const all = answer.map(({ samples }, index) => ({
    name: names[index] ?? label,
    values: onGrid(samples, range.from, step, count),
  }));
  const shown =
    all.length <= mostSeries ? all : all.toSorted((one, other) => movement(other) - movement(one)).slice(0, mostSeries);
  const within = marks.filter(({ at }) => range.from <= at && at <= range.to).slice(-mostMarks);
  return { label, unit: query.unit, times, series: shown, left: all.length - shown.length, marks: within };
}

/** All numbers that a chart draws. */
export function drawnValues({ series }: Pick<Chart, "series">): number[] {
  return series.flatMap(({ values }) => values.flatMap((value) => value ?? []));
}

function onGrid(samples: readonly Sample[], from: number, step: number, count: number): (number | null)[] {
  const values = new Array<number | null>(count).fill(null);
  for (const { at, value } of samples) {
    const index = Math.round((at - from) / step);
    if (index >= 0 && index < count && Number.isFinite(value)) values[index] = value;
  }
  return values;
}

function movement({ values }: ChartSeries): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
