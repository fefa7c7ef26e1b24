import type { MetricFacts } from "../metrics/metricFacts.ts";
import { findFacts, findScrapeInterval } from "./findFacts.ts";
import type { PrometheusApi } from "./prometheusApi.ts";

/** What a metric is changes with a deployment at most, in ms. */
const keepMs = 300_000;
/** Series that are not there may come any moment, in ms. */
const keepNoneMs = 30_000;
/** More selectors than the runbooks of a window have. */
const most = 1000;
/** A server is not asked more at a time. */
const atOnce = 4;

interface Known<T> {
  readonly until: number;
  readonly value: T;
}

/** What one Prometheus has told of its metrics, kept for some minutes: queries are asked anew every half minute. */
export class KnownFacts {
  readonly #api: PrometheusApi;
  readonly #now: () => number;
  readonly #facts = new Map<string, Known<MetricFacts>>();
  #interval: Known<number | null> | undefined;

  /** `now` gives ms since the epoch. */
  constructor(api: PrometheusApi, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  /**
   * How often metrics are had, in ms; null where that is not known.
   * @throws PrometheusError
   */
  async scrapeMs(signal: AbortSignal): Promise<number | null> {
    if (!this.#interval || this.#interval.until < this.#now()) {
      this.#interval = { value: await findScrapeInterval(this.#api, signal), until: this.#now() + keepMs };
    }
    return this.#interval.value;
  }

  /**
   * What is known of each selector.
   * @throws PrometheusError
   */
  async of(selectors: readonly string[], signal: AbortSignal): Promise<Map<string, MetricFacts>> {
    const now = this.#now();
    if (this.#facts.size > most) this.#facts.clear();
    const waiting = selectors.filter((one) => (this.#facts.get(one)?.until ?? 0) < now);
    const askInTurn = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.#ask(next, now, signal);
    };
    await Promise.all(Array.from({ length: atOnce }, askInTurn));
    return new Map([...this.#facts].map(([selector, { value }]) => [selector, value]));
  }

  async #ask(selector: string, now: number, signal: AbortSignal): Promise<void> {
    const value = await findFacts(this.#api, selector, now, signal);
    this.#facts.set(selector, { value, until: now + (value.labels.length > 0 ? keepMs : keepNoneMs) });
  }
}
