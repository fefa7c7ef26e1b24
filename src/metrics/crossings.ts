import { axisWords } from "./axisWords.ts";
import type { MetricUnit } from "./metricQuery.ts";
import type { Sample } from "./timeSeries.ts";

/** Between which values a series usually is. */
export interface UsualBand {
  readonly low: number;
  readonly high: number;
}

/** A moment at which a series leaves its usual band, or is back in it. */
export interface Crossing {
  /** In ms since the epoch. */
  readonly at: number;
  readonly value: number;
  /** As in `falls to 0.5 (usually 1)`, `is back at 1`. */
  readonly words: string;
}

/** Fewer samples tell nothing of what is usual. */
const leastSamples = 10;
/** What is rarer than this is not usual: of an hour, three minutes. */
const rare = 0.05;
/** A single value that is elsewhere may be a hiccup of the measuring. */
const inARow = 2;

/** The band of a series: from its samples of a quiet time, without the lowest and highest twentieth; null where they are too few. */
export function usualBand(samples: readonly Sample[]): UsualBand | null {
  const values = samples.map(({ value }) => value).filter((value) => Number.isFinite(value));
  if (values.length < leastSamples) return null;
  const sorted = values.sort((one, other) => one - other);
  const skipped = Math.floor(values.length * rare);
  return { low: sorted[skipped] ?? 0, high: sorted.at(-1 - skipped) ?? 0 };
}

/**
 * Follows a series and tells when it leaves its band by more than half of the band's width, and when it is back; either once
 * two samples in a row say so. A series that never moved leaves its band with any other value: an availability of 1, an
 * error rate of 0, a number of restarts.
 */
export class CrossingWatch {
  readonly #band: UsualBand;
  readonly #unit: MetricUnit;
  #isOutside = false;
  /** Samples in a row that say otherwise than what is known. */
  #otherwise: Sample[] = [];

  constructor(band: UsualBand, unit: MetricUnit) {
    this.#band = band;
    this.#unit = unit;
  }

  /** The next sample, in the order of their times; what is no number is left out. */
  look(sample: Sample): Crossing | null {
    if (!Number.isFinite(sample.value)) return null;
    if (this.#isBeyond(sample.value) === this.#isOutside) {
      this.#otherwise = [];
      return null;
    }
    this.#otherwise.push(sample);
    const [first = sample] = this.#otherwise;
    if (this.#otherwise.length < inARow) return null;
    this.#otherwise = [];
    this.#isOutside = !this.#isOutside;
    return { at: first.at, value: first.value, words: this.#words(first.value) };
  }

  #isBeyond(value: number): boolean {
    const { low, high } = this.#band;
    const margin = (high - low) / 2;
    return value < low - margin || value > high + margin;
  }

  #words(value: number): string {
    const { low, high } = this.#band;
    const words = (one: number) => axisWords(one, this.#unit);
    if (!this.#isOutside) return `is back at ${words(value)}`;
    const usual = words(low) === words(high) ? words(low) : `${words(low)} to ${words(high)}`;
    return `${value < low ? "falls" : "rises"} to ${words(value)} (usually ${usual})`;
  }
}
