import { axisWords } from "./axisWords.ts";
import type { Chart, ChartSeries } from "./chart.ts";

/** The least, greatest and last value of a series, in words. */
export interface SeriesWords {
  readonly name: string;
  readonly least: string;
  readonly greatest: string;
  readonly last: string;
}

/** More series a sentence cannot tell of. */
const mostTold = 3;
/** The newest value may still be on its way: so many values count as the end. */
const atTheEnd = 3;
const none = "no value";

/** What each series of a chart comes to. */
export function seriesWords({ series, unit }: Pick<Chart, "series" | "unit">): SeriesWords[] {
  return series.map(({ name, values }) => {
    const numbers = values.filter((value) => value !== null);
    const words = (value: number | undefined) => (value === undefined ? none : axisWords(value, unit));
    return {
      name,
      least: words(extreme(numbers, Math.min)),
      greatest: words(extreme(numbers, Math.max)),
      last: words(numbers.at(-1)),
    };
  });
}

/** A chart in a sentence, for who does not see it: `Ready pods: from 1 to 2, last 2; …`. */
export function chartWords(chart: Pick<Chart, "label" | "series" | "left" | "unit">): string {
  if (chart.series.length === 0) return `${chart.label}: no value in this time`;
  const told = seriesWords(chart).slice(0, mostTold);
  const more = chart.series.length + chart.left - told.length;
  const parts = told.map(({ name, least, greatest, last }) => {
    const course = last === none ? none : `from ${least} to ${greatest}, last ${last}`;
    return name === chart.label ? course : `${name} ${course}`;
  });
  return `${chart.label}: ${parts.join("; ")}${more > 0 ? `; ${more} more series` : ""}`;
}

/** How the series of a chart are at its end: `240 ms`, `3 series: 0 to 2`. What has no value by then is not there any more. */
export function endWords({ series, unit }: Pick<Chart, "series" | "unit">): string {
  const last = series.flatMap(({ values }) => values.slice(-atTheEnd).findLast((value) => value !== null) ?? []);
  if (last.length === 0) return series.length === 0 ? "" : "no value now";
  const least = axisWords(Math.min(...last), unit);
  const greatest = axisWords(Math.max(...last), unit);
  const words = least === greatest ? least : `${least} to ${greatest}`;
  if (series.length === 1) return words;
  const count = last.length === series.length ? String(last.length) : `${last.length} of ${series.length}`;
  return `${count} series: ${words}`;
}

/** The value of a series at one of the chart's times, in words. */
export function valueWordsAt({ values }: ChartSeries, index: number, unit: Chart["unit"]): string {
  const value = values[index] ?? null;
  return value === null ? none : axisWords(value, unit);
}

function extreme(numbers: readonly number[], choose: (one: number, other: number) => number): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((one, other) => choose(one, other));
}
