import type { MetricsRange, MetricsSource } from "../metrics/metricsSource.ts";
import type { TimeSeries } from "../metrics/timeSeries.ts";
import { notPrometheus } from "./answerErrors.ts";
import type { Parameters, PrometheusApi } from "./prometheusApi.ts";
import { readSeries } from "./readAnswer.ts";

/** Values of queries from Prometheus. */
export class PrometheusSource implements MetricsSource {
  readonly title: string;
  readonly #api: PrometheusApi;

  constructor(api: PrometheusApi) {
    this.#api = api;
    this.title = api.address.title;
  }

  at(expression: string, at: number, signal: AbortSignal): Promise<TimeSeries[]> {
    return this.#series(
      "query",
      [
        ["query", expression],
        ["time", seconds(at)],
      ],
      signal,
    );
  }

  over(expression: string, { from, to, step }: MetricsRange, signal: AbortSignal): Promise<TimeSeries[]> {
    const range: Parameters = [
      ["start", seconds(from)],
      ["end", seconds(to)],
      ["step", seconds(step)],
    ];
    return this.#series("query_range", [["query", expression], ...range], signal);
  }

  async #series(path: string, parameters: Parameters, signal: AbortSignal): Promise<TimeSeries[]> {
    const series = readSeries(await this.#api.post(path, parameters, signal));
    if (!series) throw notPrometheus(this.title, "its values have another form");
    return series;
  }
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
