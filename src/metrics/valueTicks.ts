import { axisScale } from "./axisWords.ts";
import type { MetricUnit } from "./metricQuery.ts";

/** The marks of a value axis: evenly apart, on numbers a person would choose, the first and last around all values. */
export interface ValueTicks {
  readonly ticks: readonly number[];
  readonly step: number;
}

/** What division leaves is no step more. */
const nearly = 1e-9;

/**
 * The marks for values from `least` to `most`, about `count` of them. Zero belongs to them where it is near, so that a small
 * change does not look like a great one.
 */
export function valueTicks(least: number, most: number, unit: MetricUnit, count: number): ValueTicks {
  const [low, high] = bounds(least, most, unit);
  const { factor } = axisScale(Math.max(Math.abs(low), Math.abs(high)), unit);
  const step = niceStep((high - low) / factor / count) * factor;
  const first = Math.floor(low / step + nearly);
  const last = Math.ceil(high / step - nearly);
  // Values that differ in the last digits that a number has.
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return { ticks: [low, high], step: high - low };
  return { ticks: Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step)), step };
}

function bounds(least: number, most: number, unit: MetricUnit): [number, number] {
  if (least < most) return [least > 0 && least <= most / 2 ? 0 : least, most];
  if (most === 0) return [0, axisScale(0, unit).factor];
  return most > 0 ? [0, most] : [most, 0];
}

/** The next of 1, 2, 5, 10, … that is not less. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the last digits, which multiplication leaves: 0.3 is not 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
