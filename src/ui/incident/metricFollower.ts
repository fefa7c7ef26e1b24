import type { Happening } from "../../incident/entry.ts";
import { CrossingWatch, usualBand } from "../../metrics/crossings.ts";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import { plainLabel } from "../../metrics/plainLabel.ts";
import { seriesNames } from "../../metrics/seriesNames.ts";
import type { TimeSeries } from "../../metrics/timeSeries.ts";
import { totalSeries } from "../../metrics/totalSeries.ts";
import { errorWords } from "../errorWords.ts";
import type { AskedQueries } from "../metrics/askedMetrics.ts";
import { inTurn } from "../metrics/inTurn.ts";

/** What the metrics of an incident are followed with. */
export interface MetricFollowerParts {
  /** The queries of the incident's runbook; null where there are none for now. Raises what the person is told. */
  readonly load: () => Promise<AskedQueries | null>;
  /** When the incident began, in ms since the epoch; undefined before that. */
  readonly began: () => number | undefined;
  /** Whether this was written down before, by an earlier window. */
  readonly isKnown: (happening: Happening, at: number) => boolean;
  readonly note: (happening: Happening, at: number) => void;
  readonly now: () => number;
}

/** One of the series of a query that are followed. */
interface FollowedSeries {
  /** Of its query. */
  readonly label: string;
  /** Tells it from the others; empty where it is the only one. */
  readonly name: string;
  /** The same at every look. */
  readonly key: string;
}

const everyMs = 15_000;
const patienceMs = 10_000;
/** What is usual is told from so long before the incident, in ms. */
const usualMs = 60 * 60_000;
/** Nobody starts an incident later than this after its first sign, in ms. */
const signsMs = 10 * 60_000;
/** Servers refuse to give more values at once than this takes, in ms. */
const longestMs = 40 * 60 * 60_000;
const mostQueries = 20;
const mostSeries = 50;
const mostCrossings = 100;
const mostProblems = 3;
const atOnce = 4;
const mostLabel = 120;

/** Asks for the metrics of an incident's runbook while it lasts, and writes down when one leaves its usual band and is back in it. */
export class MetricFollower {
  readonly #parts: MetricFollowerParts;
  readonly #ended = new AbortController();
  /** By query and labels; null where what is usual is not known. */
  readonly #watches = new Map<string, CrossingWatch | null>();
  /** Until when the values of a query are known, in ms since the epoch. */
  readonly #known = new Map<string, number>();
  readonly #problems = new Set<string>();
  #asked: AskedQueries | null | undefined;
  #crossings = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: MetricFollowerParts) {
    this.#parts = parts;
    this.#wait();
  }

  /** The queries or their source have changed. */
  reload(): void {
    this.#asked = undefined;
  }

  dispose(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  /** Never rejects: what goes wrong is written down once. */
  async look(): Promise<void> {
    const began = this.#parts.began();
    if (began === undefined) return;
    try {
      this.#asked ??= await this.#parts.load();
    } catch (error) {
      this.#tellProblem(error);
      return;
    }
    const { source, queries } = this.#asked ?? { queries: [] };
    await inTurn(queries.slice(0, mostQueries), atOnce, async (query) => {
      const known = this.#known.get(query.expression);
      const now = this.#parts.now();
      const first = Math.max(began - usualMs, now - longestMs);
      const from = known === undefined ? onGrid(first) : known + everyMs;
      if (!source || from > now || this.#ended.signal.aborted) return;
      const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(patienceMs)]);
      try {
        this.#take(query, await source.over(query.expression, { from, to: now, step: everyMs }, signal), began);
        this.#known.set(query.expression, onGrid(now));
      } catch (error) {
        this.#tellProblem(error);
      }
    });
  }

  #take(query: MetricQuery, answer: readonly TimeSeries[], began: number): void {
    if (this.#ended.signal.aborted) return;
    const label = plainLabel(query.label, mostLabel);
    const total = totalSeries(answer, query.unit);
    if (total) this.#follow(query, total, { label, name: answer.length > 1 ? "in all" : "", key: "total" }, began);
    // Of a single one the total has told already.
    if (total && answer.length < 2) return;
    const names = seriesNames(answer, label);
    answer.slice(0, mostSeries).forEach((series, index) => {
      const name = names[index] ?? "";
      const key = JSON.stringify(Object.entries(series.labels).sort());
      this.#follow(query, series, { label, name: name === label ? "" : name, key }, began);
    });
  }

  #follow(query: MetricQuery, series: TimeSeries, { label, name, key }: FollowedSeries, began: number): void {
    const watch = this.#watch(query, key, series, began);
    for (const sample of series.samples) {
      const crossing = sample.at < began - signsMs ? null : watch?.look(sample);
      if (!crossing) continue;
      const words = name === "" ? crossing.words : `${name} ${crossing.words}`;
      this.#note({ type: "metric", query: label, words, value: crossing.value }, crossing.at);
    }
  }

  /** A series that comes later has no usual band: nothing is told of it. */
  #watch(query: MetricQuery, series: string, { samples }: TimeSeries, began: number): CrossingWatch | null {
    const key = JSON.stringify([query.expression, series]);
    const known = this.#watches.get(key);
    if (known !== undefined) return known;
    // Trouble is older than its incident; where nothing is known from before it, the rule has to do without its twentieth.
    const before = (end: number) => usualBand(samples.filter(({ at }) => at < end));
    const band = before(began - signsMs) ?? before(began);
    const watch = band && new CrossingWatch(band, query.unit);
    this.#watches.set(key, watch);
    return watch;
  }

  #note(happening: Happening, at: number): void {
    if (this.#parts.isKnown(happening, at) || this.#crossings >= mostCrossings) return;
    this.#crossings++;
    this.#parts.note(happening, at);
  }

  #tellProblem(error: unknown): void {
    const message = errorWords(error);
    if (this.#ended.signal.aborted || this.#problems.has(message) || this.#problems.size >= mostProblems) return;
    this.#problems.add(message);
    const problem = { object: "metrics", reason: "not followed", message };
    this.#parts.note({ type: "event", id: `metrics/${message}`, warning: true, ...problem }, this.#parts.now());
  }

  #wait(): void {
    this.#timer = setTimeout(async () => {
      await this.look();
      if (!this.#ended.signal.aborted) this.#wait();
    }, everyMs);
  }
}

/** The same times in every window, so that a crossing is known again. */
function onGrid(at: number): number {
  return Math.floor(at / everyMs) * everyMs;
}
