/** A value at a moment. */
export interface Sample {
  /** In ms since the epoch. */
  readonly at: number;
  /** May be NaN or infinite, as Prometheus has it. */
  readonly value: number;
}

/** The values of one series, in the order of their times. */
export interface TimeSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
}
