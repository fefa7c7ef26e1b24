/** By what requests are counted. */
export interface RequestKind {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** One finished HTTP request, as it is counted. */
export interface ServedRequest extends RequestKind {
  readonly seconds: number;
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Histogram {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** The counters of one service, shown in Prometheus' text format. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Histogram>();
  readonly #gauges = new Map<string, { readonly help: string; readonly series: Map<string, number> }>();

  /** Begins to count requests of a kind, at 0. */
  declare(kind: RequestKind): void {
    const key = requestKey(kind);
    this.#requests.set(key, this.#requests.get(key) ?? 0);
  }

  /** Counts one finished request. */
  observe(request: ServedRequest): void {
    const route = labels({ method: request.method, path: request.path });
    const key = requestKey(request);
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const histogram = this.#durations.get(route) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 };
    histogram.sum += request.seconds;
    histogram.count += 1;
    for (const [at, bound] of bounds.entries()) {
      if (request.seconds <= bound) histogram.buckets[at] = (histogram.buckets[at] ?? 0) + 1;
    }
    this.#durations.set(route, histogram);
  }

  /** Sets one series of a gauge. */
  gauge(name: string, help: string, value: number, pairs: Readonly<Record<string, string>> = {}): void {
    const gauge = this.#gauges.get(name) ?? { help, series: new Map() };
    const key = labels(pairs);
    gauge.series.set(key ? `${name}{${key}}` : name, value);
    this.#gauges.set(name, gauge);
  }

  /** The text Prometheus scrapes. */
  render(): string {
    const lines = [
      "# HELP http_requests_total Requests answered, by method, path and status.",
      "# TYPE http_requests_total counter",
      ...[...this.#requests].map(([key, count]) => `http_requests_total{${key}} ${count}`),
      "# HELP http_request_duration_seconds Time from the request's head to the end of its answer.",
      "# TYPE http_request_duration_seconds histogram",
      ...[...this.#durations].flatMap(([route, histogram]) => histogramLines(route, histogram)),
    ];
    for (const [name, { help, series }] of this.#gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      for (const [one, value] of series) lines.push(`${one} ${value}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

function requestKey({ method, path, status }: RequestKind): string {
  return labels({ method, path, status: String(status) });
}

function labels(pairs: Readonly<Record<string, string>>): string {
  const escaped = (value: string) => value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');
  return Object.entries(pairs)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",");
}

function histogramLines(route: string, histogram: Histogram): string[] {
  const name = "http_request_duration_seconds";
  return [
    ...bounds.map((bound, at) => `${name}_bucket{${route},le="${bound}"} ${histogram.buckets[at]}`),
    `${name}_bucket{${route},le="+Inf"} ${histogram.count}`,
    `${name}_sum{${route}} ${histogram.sum}`,
    `${name}_count{${route}} ${histogram.count}`,
  ];
}
