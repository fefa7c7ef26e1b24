import type { MetricQuery } from "../../../src/metrics/metricQuery.ts";
import type { MetricsRange, MetricsSource } from "../../../src/metrics/metricsSource.ts";
import type { Sample, TimeSeries } from "../../../src/metrics/timeSeries.ts";

/** A question that was asked. */
export interface Question {
  readonly expression: string;
  readonly range: MetricsRange;
  readonly signal: AbortSignal;
}

/** Answers queries from a function of the time, and notes what was asked. */
export class StandInSource implements MetricsSource {
  readonly title = "http://127.0.0.1:9090";
  readonly questions: Question[] = [];
  readonly #value: (expression: string, at: number) => number;
  /** Raised by every question while it is there. */
  failure: Error | undefined;
  /** Nothing is answered before it is resolved. */
  gate: Promise<void> | undefined;

  constructor(value: (expression: string, at: number) => number) {
    this.#value = value;
  }

  async at(expression: string, at: number): Promise<TimeSeries[]> {
    return [{ labels: {}, samples: [{ at, value: this.#value(expression, at) }] }];
  }

  async over(expression: string, range: MetricsRange, signal: AbortSignal): Promise<TimeSeries[]> {
    this.questions.push({ expression, range, signal });
    await this.gate;
    if (this.failure) throw this.failure;
    signal.throwIfAborted();
    const samples: Sample[] = [];
    for (let at = range.from; at <= range.to; at += range.step)
      samples.push({ at, value: this.#value(expression, at) });
    return [{ labels: { job: "api" }, samples }];
  }
}

/** A query by its label, which is asked as it is written. */
export function query(label: string): MetricQuery {
  return { label, written: label, expression: label, unit: "number", note: "" };
}
