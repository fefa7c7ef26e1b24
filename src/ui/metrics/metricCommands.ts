import { commands, env, type QuickPickItem, type TextDocument, Uri, window, workspace } from "vscode";
import { isUnprotected } from "../../http/baseUrl.ts";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import { formsOf } from "../../metrics/queryForms.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import { mayRun } from "../prompts/trust.ts";
import { pickLabel, questionText } from "../shownText.ts";
import { askCredentials } from "./askCredentials.ts";
import type { MetricsAccess } from "./metricsAccess.ts";

interface MenuItem extends QuickPickItem {
  readonly act: () => Promise<unknown>;
}

/** What a person does with the queries of runbooks, and with the Prometheus that answers them. */
export class MetricCommands {
  readonly #access: MetricsAccess;

  constructor(access: MetricsAccess) {
    this.#access = access;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.queryMenu": this.menu,
      "podbook.editQuery": this.edit,
      "podbook.choosePrometheus": this.choose,
      "podbook.setPrometheusCredentials": this.setCredentials,
      "podbook.refreshMetrics": async () => this.#access.refresh(),
    };
  }

  /** Arguments as a lens gives them: the document's URI, the line, and the query as it is written. */
  readonly menu: CommandHandler = async (uri, line, written) => {
    const document = await openedDocument(uri);
    if (!document || typeof written !== "string") return;
    const { source, queries } = await this.#access.of(document);
    const forms = formsOf(queries, written);
    const asked = forms.map(({ expression }) => expression).join("\n");
    const items: MenuItem[] = [
      {
        label: "$(graph-line) Show in Metrics",
        act: async () => commands.executeCommand("podbook.openMetrics", document.uri, written),
      },
      { label: "$(copy) Copy", description: pickLabel(asked, 150), act: async () => env.clipboard.writeText(asked) },
      { label: "$(edit) Edit the Query…", act: () => this.edit(document.uri, line, written) },
      { label: "$(eye) Show What Is Asked", act: () => showAsked(forms, source.title) },
    ];
    const notes = [...new Set(forms.map(({ note }) => note))].filter((note) => note !== "").join("; ");
    const title = pickLabel(forms[0]?.label ?? written, 60);
    const picked = await window.showQuickPick(items, { title, placeHolder: pickLabel(notes, 150) });
    await picked?.act();
  };

  /** The same arguments; what is typed is kept for this runbook in this workspace. */
  readonly edit: CommandHandler = async (uri, _line, written) => {
    const document = await openedDocument(uri);
    if (!document || typeof written !== "string") return;
    const { queries } = await this.#access.of(document);
    const own = queries.find((query) => query.written === written);
    const typed = await window.showInputBox({
      title: "How is this query asked?",
      prompt: "PromQL. Empty: as Podbook would ask it. The runbook's text stays as it is.",
      value: own?.expression ?? written,
      ignoreFocusOut: true,
    });
    if (typed !== undefined) await this.#access.edit(document, written, typed);
  };

  /** Which of several services of the cluster is asked. */
  readonly choose: CommandHandler = async (uri) => {
    const document = (await openedDocument(uri)) ?? activeRunbook();
    if (!document || !(await mayRun())) return;
    const services = await this.#access.reach.candidates(document.uri);
    if (services.length === 0) {
      await window.showInformationMessage(
        "No service of the cluster looks like Prometheus. Set podbook.prometheus.url.",
      );
      return;
    }
    const items = services.map((service) => ({
      label: `${service.service}:${service.port}`,
      description: service.namespace,
      service,
    }));
    const picked = await window.showQuickPick(items, {
      title: "Which one answers the queries of this cluster's runbooks?",
    });
    if (!picked) return;
    await this.#access.reach.choose(document.uri, picked.service);
    this.#access.refresh();
  };

  /** For the Prometheus of a runbook, which the argument names or which is the active one. */
  readonly setCredentials: CommandHandler = async (uri) => {
    const document = (await openedDocument(uri)) ?? activeRunbook();
    if (!document) {
      await window.showInformationMessage("Open a runbook: its Prometheus is the one that is meant.");
      return;
    }
    if (!(await mayRun())) return;
    const { url, title, server } = await this.#access.reach.of(document.uri);
    const credentials = await askCredentials({ title, unprotected: isUnprotected(url) });
    if (credentials !== undefined) await this.#access.credentials.set(server, credentials);
  };
}

async function openedDocument(uri: unknown): Promise<TextDocument | undefined> {
  return uri instanceof Uri ? workspace.openTextDocument(uri) : undefined;
}

async function showAsked(forms: readonly MetricQuery[], source: string): Promise<void> {
  const detail = forms
    .map(({ expression, note }) => (note === "" ? expression : `${expression}\n(${note})`))
    .join("\n\n");
  const copy = "Copy";
  const picked = await window.showInformationMessage(
    "What is asked",
    { modal: true, detail: questionText(`${detail}\n\nof ${source}`) },
    copy,
  );
  if (picked === copy) await env.clipboard.writeText(forms.map(({ expression }) => expression).join("\n"));
}
