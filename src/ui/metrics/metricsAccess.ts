import { type Disposable, EventEmitter, type Memento, type SecretStorage, type TextDocument, workspace } from "vscode";
import type { MetricsSource } from "../../metrics/metricsSource.ts";
import { editedQuery, queryForms, rateWindow, selectorsOf } from "../../metrics/queryForms.ts";
import { KnownFacts } from "../../prometheus/knownFacts.ts";
import { PrometheusApi } from "../../prometheus/prometheusApi.ts";
import { PrometheusError } from "../../prometheus/prometheusError.ts";
import { PrometheusSource } from "../../prometheus/prometheusSource.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { AskedMetrics, AskedQueries } from "./askedMetrics.ts";
import { EditedQueries } from "./editedQueries.ts";
import { PrometheusReach, type PrometheusReachParts, type ReachedPrometheus } from "./prometheusReach.ts";
import { ServerCredentials } from "./serverCredentials.ts";

/** What the way to metrics is made with. */
export interface MetricsAccessParts extends PrometheusReachParts {
  readonly runbooks: OpenRunbooks;
  /** Keeps edited queries too. */
  readonly memento: Memento;
  readonly secrets: SecretStorage;
}

interface Server {
  readonly source: MetricsSource;
  readonly facts: KnownFacts;
}

/** Queries of one runbook that are asked: a file of thousands must not keep a server busy. */
export const mostMetrics = 100;

/** The way to the metrics of runbooks. */
export class MetricsAccess implements AskedMetrics, Disposable {
  readonly reach: PrometheusReach;
  readonly credentials: ServerCredentials;
  readonly #runbooks: OpenRunbooks;
  readonly #edited: EditedQueries;
  readonly #servers = new Map<string, Server>();
  readonly #closing = new AbortController();
  readonly #changed = new EventEmitter<void>();
  /** Queries are asked otherwise or elsewhere from now on. */
  readonly onDidChange = this.#changed.event;
  readonly #listeners: readonly Disposable[];

  constructor(parts: MetricsAccessParts) {
    this.reach = new PrometheusReach(parts);
    this.credentials = new ServerCredentials(parts.secrets);
    this.#runbooks = parts.runbooks;
    this.#edited = new EditedQueries(parts.memento);
    this.#listeners = [
      this.credentials.onDidChange(() => this.refresh()),
      parts.targets.onDidChange(() => this.refresh()),
      workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
    ];
  }

  /**
   * The first hundred queries of a runbook, with what answers them.
   * @throws PrometheusError where there is no way to ask
   */
  async of(document: TextDocument): Promise<AskedQueries> {
    if (!workspace.isTrusted) {
      throw new PrometheusError(
        "untrusted",
        "This folder is not trusted.",
        "Trust it to see the values of its queries.",
      );
    }
    const reached = await this.reach.of(document.uri);
    const { source, facts } = await this.#server(reached);
    const { signal } = this.#closing;
    const metrics = this.#runbooks.runbook(document).metrics.slice(0, mostMetrics);
    const options = { namespace: reached.namespace, window: rateWindow(await facts.scrapeMs(signal)) };
    const edits = new Map(metrics.map(({ query }) => [query, this.#edited.get(document.uri, query)]));
    const asked = metrics.filter(({ query }) => edits.get(query) === undefined);
    const selectors = [...new Set(asked.flatMap(({ query }) => selectorsOf(query, options)))];
    const known = await facts.of(selectors, signal);
    const queries = metrics.flatMap((metric) => {
      const edited = edits.get(metric.query);
      if (edited !== undefined) return [editedQuery(metric, edited, options)];
      return queryForms(metric, { ...options, facts: (selector) => known.get(selector) });
    });
    return { source, queries };
  }

  /** Asks a query of a runbook in another form from now on; an empty one is Podbook's own again. */
  async edit(document: TextDocument, written: string, expression: string): Promise<void> {
    await this.#edited.set(document.uri, written, expression.trim());
    this.#changed.fire();
  }

  /** Looks anew for what can be asked. */
  refresh(): void {
    this.reach.forget();
    this.#servers.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#closing.abort();
    for (const listener of this.#listeners) listener.dispose();
    this.reach.dispose();
    this.#changed.dispose();
  }

  async #server(reached: ReachedPrometheus): Promise<Server> {
    const key = `${reached.server} ${reached.url.href}`;
    const known = this.#servers.get(key);
    if (known) return known;
    const api = new PrometheusApi({ ...reached, credentials: await this.credentials.get(reached.server) });
    const server = { source: new PrometheusSource(api), facts: new KnownFacts(api, Date.now) };
    this.#servers.set(key, server);
    return server;
  }
}
