import { type Disposable, EventEmitter, type TextDocument, window, workspace } from "vscode";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import { formsOf } from "../../metrics/queryForms.ts";
import { wordsNow } from "../../metrics/seriesNow.ts";
import { PrometheusError } from "../../prometheus/prometheusError.ts";
import type { AskedQueries } from "./askedMetrics.ts";
import type { MetricsAccess } from "./metricsAccess.ts";

/** One form of a query with its value in words. */
export interface KnownValue {
  readonly query: MetricQuery;
  readonly words: string;
}

/** What is known of a query: its forms with their values, or why there are none. */
export type MetricValue =
  | { readonly kind: "values"; readonly values: readonly KnownValue[]; readonly source: string }
  | { readonly kind: "problem"; readonly error: PrometheusError };

interface Answered {
  readonly value: MetricValue;
  /** When it was asked, in ms of `performance.now()`. */
  readonly at: number;
}

interface Looked {
  /** What is in view, as it is written in the runbook. */
  readonly queries: Set<string>;
  readonly known: Map<string, Answered>;
  /** Why nothing of the document can be asked. */
  problem: PrometheusError | null;
  asking: boolean;
  /** Something came into view, or changed, while it was asked. */
  again: boolean;
}

/** Values of what is in view are asked anew after this time, in ms. */
const refreshMs = 30_000;
/** One document's queries may take this long altogether, in ms. */
const patienceMs = 25_000;
/** What comes into view within this time of each other is asked together, in ms. */
const gatherMs = 250;
const atOnce = 4;
/** Values of one document that are kept; while a query is typed, each of its states is one. */
const mostKnown = 300;

/** What gives the queries of a runbook in their forms. */
type Access = Pick<MetricsAccess, "of" | "onDidChange">;

/** The values that runbooks' queries have now, asked in the background, for what is looked at alone. */
export class MetricValues implements Disposable {
  readonly #access: Access;
  readonly #onProblem: (error: unknown) => void;
  readonly #looked = new Map<string, Looked>();
  readonly #closing = new AbortController();
  readonly #changed = new EventEmitter<void>();
  /** Something else is known than before. */
  readonly onDidChange = this.#changed.event;
  readonly #timer = setInterval(() => this.#refreshVisible(), refreshMs);
  readonly #gathering = new Set<NodeJS.Timeout>();
  readonly #listeners: readonly Disposable[];

  constructor(access: Access, onProblem: (error: unknown) => void) {
    this.#access = access;
    this.#onProblem = onProblem;
    this.#listeners = [
      access.onDidChange(() => {
        for (const looked of this.#looked.values()) outdate(looked);
        this.#refreshVisible();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#looked.delete(uri.toString())),
    ];
  }

  /** What is known of a query that is in view; undefined before its first answer. Has it asked where that is new. */
  look(document: TextDocument, written: string): MetricValue | undefined {
    const looked = this.#of(document);
    if (!looked.queries.has(written)) {
      looked.queries.add(written);
      const age = performance.now() - (looked.known.get(written)?.at ?? Number.NEGATIVE_INFINITY);
      if (age > refreshMs) this.#askSoon(document, looked);
    }
    return looked.known.get(written)?.value;
  }

  /** Nothing of the document is in view before it is looked at again; what could not be asked is still tried. */
  lookAway(document: TextDocument): void {
    const looked = this.#looked.get(document.uri.toString());
    if (looked && !looked.problem) looked.queries.clear();
  }

  /** Why nothing of a document can be asked; null where it can, or is not known yet. */
  problem(document: TextDocument): PrometheusError | null {
    return this.#looked.get(document.uri.toString())?.problem ?? null;
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const timer of this.#gathering) clearTimeout(timer);
    this.#closing.abort();
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #of({ uri }: TextDocument): Looked {
    const key = uri.toString();
    const looked = this.#looked.get(key) ?? {
      queries: new Set(),
      known: new Map(),
      problem: null,
      asking: false,
      again: false,
    };
    this.#looked.set(key, looked);
    return looked;
  }

  #refreshVisible(): void {
    const visible = new Set(window.visibleTextEditors.map(({ document }) => document));
    for (const document of visible) {
      const looked = this.#looked.get(document.uri.toString());
      if (looked && looked.queries.size > 0) this.#askSoon(document, looked);
    }
  }

  #askSoon(document: TextDocument, looked: Looked): void {
    looked.again = true;
    if (looked.asking) return;
    looked.asking = true;
    const timer = setTimeout(() => {
      this.#gathering.delete(timer);
      this.#askWhileNew(document, looked).catch(this.#onProblem);
    }, gatherMs);
    this.#gathering.add(timer);
  }

  async #askWhileNew(document: TextDocument, looked: Looked): Promise<void> {
    try {
      while (looked.again && !this.#closing.signal.aborted) {
        looked.again = false;
        const before = described(looked);
        await this.#ask(document, looked);
        if (described(looked) !== before) this.#changed.fire();
      }
    } finally {
      looked.asking = false;
    }
  }

  async #ask(document: TextDocument, looked: Looked): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(patienceMs)]);
    try {
      const metrics = await this.#access.of(document);
      const waiting = [...looked.queries];
      const askInTurn = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const at = performance.now();
          looked.known.set(next, { value: await askValue(metrics, next, signal), at });
        }
      };
      if (looked.known.size > mostKnown) looked.known.clear();
      await Promise.all(Array.from({ length: atOnce }, askInTurn));
      looked.problem = null;
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      looked.problem = problemOf(error, signal);
    }
  }
}

/** @throws PrometheusError where no other query could be asked either */
async function askValue({ source, queries }: AskedQueries, written: string, signal: AbortSignal): Promise<MetricValue> {
  try {
    const values: KnownValue[] = [];
    for (const query of formsOf(queries, written)) {
      values.push({ query, words: wordsNow(await source.at(query.expression, Date.now(), signal), query) });
    }
    return { kind: "values", values, source: source.title };
  } catch (error) {
    const own =
      error instanceof PrometheusError && ["bad-query", "timeout", "too-large", "server"].includes(error.reason);
    if (!own) throw error;
    return { kind: "problem", error };
  }
}

function outdate({ known }: Looked): void {
  for (const [written, { value }] of known) known.set(written, { value, at: Number.NEGATIVE_INFINITY });
}

function problemOf(error: unknown, signal: AbortSignal): PrometheusError {
  if (error instanceof PrometheusError) return error;
  if (!signal.aborted) throw error;
  const message = `The queries have no answer within ${patienceMs / 1000} s.`;
  return new PrometheusError("timeout", message, "They are asked again.", { cause: error });
}

/** All of it that is shown, as one text. */
function described({ known, problem }: Looked): string {
  const values = [...known].map(([written, { value }]) =>
    value.kind === "values" ? [written, value.values, value.source] : [written, value.error.message],
  );
  return JSON.stringify([values, problem?.reason, problem?.message]);
}
