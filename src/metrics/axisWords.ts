import type { MetricUnit } from "./metricQuery.ts";

/** How values of a size are written: divided by `factor`, with `sign` behind. */
export interface AxisScale {
  readonly factor: number;
  readonly sign: string;
}

const counts: readonly AxisScale[] = [
  { factor: 1e12, sign: " T" },
  { factor: 1e9, sign: " G" },
  { factor: 1e6, sign: " M" },
  { factor: 1e4, sign: " k" },
];
const thousands = 1e3;
const bytes: readonly AxisScale[] = [
  { factor: 2 ** 40, sign: " TiB" },
  { factor: 2 ** 30, sign: " GiB" },
  { factor: 2 ** 20, sign: " MiB" },
  { factor: 2 ** 10, sign: " KiB" },
];
const durations: readonly (AxisScale & { readonly from: number })[] = [
  { from: 172_800, factor: 86_400, sign: " d" },
  { from: 7200, factor: 3600, sign: " h" },
  { from: 120, factor: 60, sign: " min" },
  { from: 1, factor: 1, sign: " s" },
  { from: 1e-3, factor: 1e-3, sign: " ms" },
];
/** As many digits tell two values apart where nothing else is known. */
const usualDigits = 3;

/** How a chart whose greatest value (without its sign) is `greatest` writes its values. */
export function axisScale(greatest: number, unit: MetricUnit): AxisScale {
  switch (unit) {
    case "ratio":
      return { factor: 0.01, sign: " %" };
    case "bytes":
      return bytes.find(({ factor }) => greatest >= factor) ?? { factor: 1, sign: " B" };
    case "seconds":
      if (greatest === 0) return { factor: 1, sign: " s" };
      return durations.find(({ from }) => greatest >= from) ?? { factor: 1e-6, sign: " µs" };
    default: {
      const { factor, sign } = counts.find((one) => greatest >= one.factor) ?? { factor: 1, sign: "" };
      return { factor: sign === " k" ? thousands : factor, sign: `${sign}${unit === "per-second" ? "/s" : ""}` };
    }
  }
}

/**
 * A value of a chart in words: `240 ms`, `1.5 MiB`, `12.3 k/s`, `99.5 %`. Where `step` is given, values that far apart are
 * written differently.
 */
export function axisWords(value: number, unit: MetricUnit, step = 0): string {
  if (Number.isNaN(value)) return "no number";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "minus infinite";
  const { factor, sign } = axisScale(Math.abs(value), unit);
  return `${digits(value / factor, step / factor)}${sign}`;
}

function digits(value: number, step: number): string {
  // A count is told as it is.
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const apart = step > 0 ? Math.ceil(Math.log10(Math.abs(value) / step)) + 1 : 0;
  const precision = Math.min(15, Math.max(usualDigits, apart));
  const rounded = Number(value.toPrecision(precision));
  return Math.abs(rounded) >= 1e15 || Math.abs(rounded) < 1e-6 ? rounded.toExponential() : String(rounded);
}
