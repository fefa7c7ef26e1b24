import { type Chart, type ChartMark, chartOf } from "../../metrics/chart.ts";
import { chartRange, pauseOf, type RangeChoice } from "../../metrics/chartRange.ts";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import type { MetricsRange } from "../../metrics/metricsSource.ts";
import type { TimeSeries } from "../../metrics/timeSeries.ts";
import { errorWords } from "../errorWords.ts";
import { shownLabel, shownText } from "../shownText.ts";
import type { AskedQueries } from "./askedMetrics.ts";
import { inTurn } from "./inTurn.ts";
import type { ViewUpdate } from "./viewMessages.ts";

/** What the charts of one runbook are fed with. */
export interface MetricsFeedParts {
  /** Name of the runbook. */
  readonly title: string;
  /** @throws PrometheusError */
  readonly load: () => Promise<AskedQueries>;
  /** What charts point out, and since when (ms since the epoch) the incident lasts; null where none is going on. */
  readonly incident: () => { readonly began: number; readonly marks: readonly ChartMark[] } | null;
  readonly post: (update: ViewUpdate) => void;
  readonly now: () => number;
}

interface Answer {
  readonly series: readonly TimeSeries[];
  readonly range: MetricsRange;
}

/** A server that takes longer is asked again later, in ms. */
const patienceMs = 15_000;
/** So many queries are asked at once; a server of metrics has others to serve. */
const atOnce = 4;
const mostQueries = 50;
const mostMessage = 600;

/** Asks for the values of a runbook's queries as long as they are looked at, again and again, and tells the page. */
export class MetricsFeed {
  readonly #parts: MetricsFeedParts;
  readonly #ids = new Map<string, number>();
  readonly #answers = new Map<number, Answer>();
  #asked: AskedQueries | undefined;
  #choice: RangeChoice;
  #round = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isShown = false;

  constructor(parts: MetricsFeedParts) {
    this.#parts = parts;
    this.#choice = parts.incident() ? { kind: "incident" } : { kind: "last", minutes: 15 };
  }

  /** Tells all anew and keeps it fresh, until `pause`. */
  async start(): Promise<void> {
    this.#isShown = true;
    await this.reload();
  }

  /** Asks for nothing until `start`. */
  pause(): void {
    this.#isShown = false;
    this.#end();
  }

  async choose(choice: RangeChoice): Promise<void> {
    this.#choice = choice;
    this.#answers.clear();
    await this.#ask();
  }

  /** The queries or their source have changed, or could not be had. */
  async reload(): Promise<void> {
    if (!this.#isShown) return;
    const round = this.#begin();
    const { title, load, post } = this.#parts;
    try {
      const asked = await load();
      if (round.signal.aborted) return;
      this.#asked = asked;
    } catch (error) {
      if (round.signal.aborted) return;
      this.#asked = undefined;
      post({ type: "nothing", title, message: problemText(error) });
      return;
    }
    this.#answers.clear();
    this.#tellRunbook();
    await this.#ask();
  }

  /** Asks for one query again. */
  async retry(id: number): Promise<void> {
    const query = this.query(id);
    if (query) await this.#askOne(id, query, this.#range(), this.#round.signal);
  }

  /** Something was written down of the incident, or it began or ended. */
  marksChanged(): void {
    if (!this.#isShown || !this.#asked) return;
    this.#tellRunbook();
    for (const [id] of this.#answers) this.#tellChart(id);
  }

  /** The query that the page calls so; undefined where the runbook no longer has it. */
  query(id: number): MetricQuery | undefined {
    return this.#queries().find((one) => one.id === id)?.query;
  }

  /** The id by which the page knows the first query that is written so in the runbook. */
  idOf(written: string): number | undefined {
    return this.#queries().find(({ query }) => query.written === written)?.id;
  }

  dispose(): void {
    this.pause();
  }

  #queries(): { readonly id: number; readonly query: MetricQuery }[] {
    const seen = new Map<string, number>();
    return (this.#asked?.queries ?? []).slice(0, mostQueries).map((query) => {
      const count = (seen.get(query.written) ?? 0) + 1;
      seen.set(query.written, count);
      const key = `${count} ${query.written}`;
      const id = this.#ids.get(key) ?? this.#ids.size;
      this.#ids.set(key, id);
      return { id, query };
    });
  }

  async #ask(): Promise<void> {
    const asked = this.#asked;
    if (!this.#isShown || !asked) return;
    const { signal } = this.#begin();
    const range = this.#range();
    await inTurn(this.#queries(), atOnce, async ({ id, query }) => {
      if (!signal.aborted) await this.#askOne(id, query, range, signal);
    });
    if (signal.aborted) return;
    const isLive = this.#choice.kind !== "between";
    this.#parts.post({ type: "asked", askedAt: this.#parts.now(), isLive });
    if (isLive) this.#timer = setTimeout(() => void this.#ask(), pauseOf(range));
  }

  /** Never rejects: what goes wrong is told to the page, beside the query that it is about. */
  async #askOne(id: number, query: MetricQuery, range: MetricsRange, round: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([round, AbortSignal.timeout(patienceMs)]);
    try {
      const series = (await this.#asked?.source.over(query.expression, range, signal)) ?? [];
      if (round.aborted) return;
      this.#answers.set(id, { series, range });
      this.#tellChart(id);
    } catch (error) {
      if (round.aborted) return;
      const late = `No answer within ${patienceMs / 1000} s. Choose a shorter time, or ask again.`;
      this.#parts.post({ type: "problem", id, message: signal.aborted ? late : problemText(error) });
    }
  }

  #tellRunbook(): void {
    const { title, incident, post } = this.#parts;
    const queries = this.#queries().map(({ id, query: { label, expression, note } }) => {
      return { id, label: shownLabel(label, 120), expression, note: shownLabel(note, 200) };
    });
    const source = shownLabel(this.#asked?.source.title ?? "", 120);
    post({ type: "runbook", title, source, choice: this.#choice, inIncident: incident() !== null, queries });
  }

  #tellChart(id: number): void {
    const answer = this.#answers.get(id);
    const query = this.query(id);
    if (!answer || !query) return;
    const chart: Chart = chartOf(query, answer.series, answer.range, this.#parts.incident()?.marks ?? []);
    this.#parts.post({ type: "chart", id, chart });
  }

  #range(): MetricsRange {
    return chartRange(this.#choice, this.#parts.now(), this.#parts.incident()?.began ?? null);
  }

  #begin(): AbortController {
    this.#end();
    this.#round = new AbortController();
    return this.#round;
  }

  #end(): void {
    this.#round.abort();
    clearTimeout(this.#timer);
  }
}

function problemText(error: unknown): string {
  return shownText(errorWords(error), mostMessage);
}
