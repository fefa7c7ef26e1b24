import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import {
  Disposable,
  type Event,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { IncidentEntry } from "../../incident/entry.ts";
import { entryMarks } from "../../incident/entryMarks.ts";
import { incidentTimes } from "../../incident/times.ts";
import { shownLabel } from "../shownText.ts";
import type { AskedMetrics } from "./askedMetrics.ts";
import { MetricsFeed } from "./metricsFeed.ts";
import { metricsPage } from "./metricsPage.ts";
import { saveChart } from "./saveChart.ts";
import { readRequest, type ViewRequest, type ViewUpdate } from "./viewMessages.ts";

/** What the Metrics view is made of. */
export interface MetricsViewParts {
  readonly metrics: AskedMetrics;
  readonly incident: {
    /** The entries of the incident that is going on, in order; undefined where none is. */
    readonly current: readonly IncidentEntry[] | undefined;
    readonly onDidChange: Event<void>;
  };
  /** Where the extension's bundles are. */
  readonly dist: Uri;
  readonly onProblem: (error: unknown) => void;
}

/** The charts of one runbook in a web view, which knows nothing but what it is told. */
export class MetricsPanel {
  readonly document: TextDocument;
  readonly onDidDispose: Event<void>;
  readonly #parts: MetricsViewParts;
  readonly #panel: WebviewPanel;
  readonly #feed: MetricsFeed;
  readonly #listeners: Disposable;
  /** The query to be pointed out, as it is written in the runbook. */
  #wanted: string | undefined;

  constructor(document: TextDocument, parts: MetricsViewParts) {
    this.document = document;
    this.#parts = parts;
    const title = shownLabel(basename(document.uri.path), 80);
    this.#panel = window.createWebviewPanel("podbook.metrics", `Metrics: ${title}`, ViewColumn.Beside, {
      enableScripts: true,
      enableCommandUris: false,
      enableForms: false,
      localResourceRoots: [parts.dist],
    });
    this.onDidDispose = this.#panel.onDidDispose;
    this.#feed = new MetricsFeed({
      title,
      load: () => parts.metrics.of(document),
      incident: () => shownIncident(parts.incident.current),
      post: (update) => this.#post(update),
      now: Date.now,
    });
    this.#listeners = Disposable.from(
      this.#panel.webview.onDidReceiveMessage((message: unknown) => {
        const request = readRequest(message);
        if (request) this.#serve(request).catch(parts.onProblem);
        else parts.onProblem(new Error("The Metrics view has sent what is no request of it: it is left out."));
      }),
      // A web view that is hidden is gone, and says that it is ready when it is made anew.
      this.#panel.onDidChangeViewState(() => {
        if (!this.#panel.visible) this.#feed.pause();
      }),
      this.#panel.onDidDispose(() => this.#end()),
      // Saved, not edited: a query that is half typed is nothing to be asked.
      workspace.onDidSaveTextDocument((saved) => {
        if (saved === document) void this.#feed.reload();
      }),
      parts.metrics.onDidChange(() => void this.#feed.reload()),
      parts.incident.onDidChange(() => this.#feed.marksChanged()),
    );
    this.#panel.webview.html = this.#html();
  }

  /** Brings it to the front, and a query into view where one is given as it is written in the runbook. */
  reveal(written: string | undefined): void {
    this.#wanted = written;
    this.#panel.reveal();
    this.#pointOut();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #serve(request: ViewRequest): Promise<void> {
    switch (request.type) {
      case "ready":
        return this.#feed.start();
      case "choose":
        return this.#feed.choose(request.choice);
      case "retry":
        return request.id === null ? this.#feed.reload() : this.#feed.retry(request.id);
      case "edit": {
        const query = this.#feed.query(request.id);
        if (query) await this.#parts.metrics.edit(this.document, query.written, request.expression);
        return;
      }
      case "save": {
        const query = this.#feed.query(request.id);
        const folder = Uri.joinPath(this.document.uri, "..");
        if (query) await saveChart(query.label, request.format, request.content, folder);
      }
    }
  }

  #post(update: ViewUpdate): void {
    this.#panel.webview.postMessage(update).then(undefined, this.#parts.onProblem);
    if (update.type === "runbook") this.#pointOut();
  }

  #pointOut(): void {
    const id = this.#wanted === undefined ? undefined : this.#feed.idOf(this.#wanted);
    if (id === undefined) return;
    this.#wanted = undefined;
    this.#post({ type: "focus", id });
  }

  #html(): string {
    const { webview } = this.#panel;
    const file = (name: string) => webview.asWebviewUri(Uri.joinPath(this.#parts.dist, name)).toString();
    return metricsPage({
      script: file("metricsView.js"),
      style: file("metricsView.css"),
      styleSource: webview.cspSource,
      nonce: randomUUID().replaceAll("-", ""),
    });
  }

  #end(): void {
    this.#feed.dispose();
    this.#listeners.dispose();
  }
}

function shownIncident(entries: readonly IncidentEntry[] | undefined) {
  return entries && entries.length > 0 ? { began: incidentTimes(entries).began, marks: entryMarks(entries) } : null;
}
