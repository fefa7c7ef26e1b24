import { CodeLens, type Command, EventEmitter, Range, type TextDocument } from "vscode";
import type { PrometheusError, PrometheusErrorReason } from "../../prometheus/prometheusError.ts";
import type { Metric } from "../../runbook/metrics.ts";
import { mostMetrics } from "../metrics/metricsAccess.ts";
import type { MetricValue, MetricValues } from "../metrics/metricValues.ts";
import { shownLabel, shownText } from "../shownText.ts";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** The value of a query, known when it comes into view or later. */
class MetricLens extends CodeLens {
  readonly document: TextDocument;
  readonly metric: Metric;

  constructor(document: TextDocument, metric: Metric) {
    super(new Range(metric.line, 0, metric.line, 0));
    this.document = document;
    this.metric = metric;
  }
}

/** Over each query of a runbook: its value now. */
export class MetricLenses implements LensProvider {
  readonly #runbooks: OpenRunbooks;
  readonly #values: MetricValues;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listener;

  constructor(runbooks: OpenRunbooks, values: MetricValues) {
    this.#runbooks = runbooks;
    this.#values = values;
    this.#listener = values.onDidChange(() => this.#changed.fire());
  }

  /** Where nothing can be asked, the first of them alone says so. */
  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { metrics, blocks } = this.#runbooks.runbook(document);
    this.#values.lookAway(document);
    if (blocks.length === 0) return [];
    const most = this.#values.problem(document) ? 1 : mostMetrics;
    return metrics.slice(0, most).map((metric) => new MetricLens(document, metric));
  }

  /** Gives at once what is known; a value that comes later draws the lenses anew. */
  resolveCodeLens(lens: CodeLens): CodeLens {
    if (!(lens instanceof MetricLens)) return lens;
    const { document, metric } = lens;
    const value = this.#values.look(document, metric.query);
    const problem = this.#values.problem(document);
    if (problem) lens.command = problemCommand(problem, document, metric);
    else if (value?.kind === "problem") lens.command = problemCommand(value.error, document, metric);
    else lens.command = valueCommand(value, document, metric);
    return lens;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

function valueCommand(value: MetricValue | undefined, { uri }: TextDocument, { line, query }: Metric): Command {
  const values = value?.kind === "values" ? value.values : [];
  const several = values.length > 1;
  const words = values.map((one) => (several ? `${one.query.label.split(" ").at(-1)} ${one.words}` : one.words));
  const notes = values.map((one) => [one.query.expression, one.query.note].filter((text) => text !== "").join("\n"));
  return {
    title: `$(graph) ${value ? words.join(" · ") : "asking…"}`,
    tooltip: shownText([...notes, ...(value?.kind === "values" ? [`Asked: ${value.source}`] : [])].join("\n\n")),
    command: "podbook.queryMenu",
    arguments: [uri, line, query],
  };
}

const setUrl = { command: "workbench.action.openSettings", arguments: ["podbook.prometheus.url"] };

/** What a click on each kind of trouble leads to; what is not here is asked again. */
function wayOut(reason: PrometheusErrorReason, { uri }: TextDocument, { line, query }: Metric) {
  switch (reason) {
    case "untrusted":
      return { command: "workbench.trust.manage", arguments: [] };
    case "no-target":
      return { command: "podbook.chooseTarget", arguments: [uri] };
    case "ambiguous":
      return { command: "podbook.choosePrometheus", arguments: [uri] };
    case "unauthorized":
    case "forbidden":
      return { command: "podbook.setPrometheusCredentials", arguments: [uri] };
    case "bad-query":
    case "too-large":
      return { command: "podbook.editQuery", arguments: [uri, line, query] };
    case "no-prometheus":
    case "bad-url":
    case "redirected":
    case "certificate":
    case "not-prometheus":
      return setUrl;
    case "unreachable":
    case "timeout":
    case "server":
      return { command: "podbook.refreshMetrics", arguments: [] };
  }
}

const problemWords: Readonly<Record<PrometheusErrorReason, string>> = {
  untrusted: "$(workspace-untrusted) Trust this folder to see values",
  "no-target": "$(target) Choose a target to see values",
  "no-prometheus": "$(gear) Set podbook.prometheus.url to see values",
  ambiguous: "$(question) Choose among several Prometheus",
  "bad-url": "$(warning) podbook.prometheus.url is no address",
  unreachable: "$(warning) Prometheus cannot be reached",
  certificate: "$(warning) Prometheus's certificate is not accepted",
  redirected: "$(warning) Prometheus leads elsewhere",
  unauthorized: "$(key) Prometheus wants credentials",
  forbidden: "$(key) Prometheus does not allow it",
  "bad-query": "$(warning)",
  timeout: "$(warning) Prometheus takes too long",
  "too-large": "$(warning) Too many series",
  "not-prometheus": "$(warning) What answers is not Prometheus",
  server: "$(warning) Prometheus cannot answer",
};

/** What the server itself says of a query stands in the lens: it tells what to edit. */
function problemCommand(error: PrometheusError, document: TextDocument, metric: Metric): Command {
  const said = error.reason === "bad-query" ? ` ${shownLabel(error.message, 100).replaceAll("$(", "$ (")}` : "";
  return {
    title: problemWords[error.reason] + said,
    tooltip: shownText(`${error.message} ${error.advice}`),
    ...wayOut(error.reason, document, metric),
  };
}
