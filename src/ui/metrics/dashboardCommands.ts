import { commands, Uri, window, workspace } from "vscode";
import { atTime, dashboardUrl, type ShownTime, searchUrl } from "../../grafana/dashboardUrls.ts";
import { GrafanaError } from "../../grafana/grafanaError.ts";
import { type FoundDashboard, searchDashboards } from "../../grafana/searchDashboards.ts";
import { baseUrl, isUnprotected } from "../../http/baseUrl.ts";
import { entriesOf, type IncidentEntry } from "../../incident/entry.ts";
import type { Dashboard } from "../../runbook/dashboards.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { mayRun } from "../prompts/trust.ts";
import { grafanaUrl } from "../settings.ts";
import { messageText, pickLabel } from "../shownText.ts";
import { askToken } from "./askCredentials.ts";
import type { ServerCredentials } from "./serverCredentials.ts";

/** What dashboards are opened with. */
export interface DashboardCommandParts {
  readonly runbooks: OpenRunbooks;
  readonly credentials: ServerCredentials;
  /** The entries of the incident that is going on; undefined where none is. */
  readonly incident: () => readonly IncidentEntry[] | undefined;
}

/** Longer than Grafana may take to answer, in ms. */
const patienceMs = 15_000;

/** Opens the dashboards that runbooks name, in the browser. */
export class DashboardCommands {
  readonly #parts: DashboardCommandParts;

  constructor(parts: DashboardCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.openDashboard": this.open, "podbook.setGrafanaToken": this.setToken };
  }

  /** Arguments as a lens gives them: the document's URI and the dashboard's line. From the palette, the person picks. */
  readonly open: CommandHandler = async (uri, line) => {
    if (!(await mayRun())) return;
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : activeRunbook();
    const dashboards = document ? this.#parts.runbooks.runbook(document).dashboards : [];
    const dashboard = uri instanceof Uri ? dashboards.find((one) => one.line === line) : await pickNamed(dashboards);
    if (document && dashboard) await this.#open(dashboard);
    else if (uri instanceof Uri) await window.showWarningMessage("This dashboard is no longer in the runbook.");
    else if (dashboards.length === 0) await window.showInformationMessage("Open a runbook that names dashboards.");
  };

  readonly setToken: CommandHandler = async () => {
    const base = await grafanaBase();
    if (!base) return;
    const open = isUnprotected(base) ? " (http: it could be read on the way)" : "";
    const token = await askToken(`Service account token for Grafana at ${base.origin}${open}`);
    if (token !== undefined) await this.#parts.credentials.set(serverOf(base), token);
  };

  async #open(dashboard: Dashboard): Promise<void> {
    const base = baseUrl(grafanaUrl());
    const linked = dashboard.url === null ? null : baseOfLink(dashboard.url);
    if (linked) await openPage(linked.origin === base?.origin ? atTime(linked, this.#time()) : linked);
    else {
      const wanted = base ?? (await grafanaBase());
      if (wanted) await this.#search(wanted, dashboard.title);
    }
  }

  async #search(base: URL, title: string): Promise<void> {
    const credentials = await this.#parts.credentials.get(serverOf(base));
    let found: FoundDashboard[];
    try {
      found = await searchDashboards(base, title, credentials, AbortSignal.timeout(patienceMs));
    } catch (error) {
      if (!(error instanceof GrafanaError)) throw error;
      await searchByHand(base, title, error.message);
      return;
    }
    if (found.length === 0) await searchByHand(base, title, `Grafana at ${base.origin} finds no dashboard “${title}”.`);
    else {
      const dashboard = found.length === 1 ? found[0] : await pickFound(found, title);
      if (dashboard) await openPage(dashboardUrl(base, dashboard, this.#time()));
    }
  }

  /** From the beginning of the incident that is going on; null where none is. */
  #time(): ShownTime | null {
    const [started] = entriesOf(this.#parts.incident() ?? [], "started");
    return started ? { from: started.at, to: null } : null;
  }
}

/** The address of the settings; where there is none, the person is told how to give one. */
async function grafanaBase(): Promise<URL | null> {
  const written = grafanaUrl();
  const base = baseUrl(written);
  if (base) return base;
  const set = "Open Settings";
  const none =
    written === "" ? "No Grafana is set." : "podbook.grafana.url is no http or https address without a password.";
  const choice = await window.showInformationMessage(`${none} Set podbook.grafana.url to your team's.`, set);
  if (choice === set) await commands.executeCommand("workbench.action.openSettings", "podbook.grafana.url");
  return null;
}

/** Says why nothing was found, and opens Grafana's own search, where the person may be logged in. */
async function searchByHand(base: URL, title: string, why: string): Promise<void> {
  await openPage(searchUrl(base, title));
  const token = "Set Grafana Token…";
  const message = messageText(`${why} Its own search is opened in the browser.`);
  if ((await window.showWarningMessage(message, token)) === token)
    await commands.executeCommand("podbook.setGrafanaToken");
}

async function pickNamed(dashboards: readonly Dashboard[]): Promise<Dashboard | undefined> {
  if (dashboards.length === 0) return undefined;
  const items = dashboards.map((dashboard) => ({
    label: pickLabel(dashboard.title, 80),
    description: pickLabel(dashboard.description, 120),
    dashboard,
  }));
  return (await window.showQuickPick(items, { title: "Open which dashboard?" }))?.dashboard;
}

async function pickFound(found: readonly FoundDashboard[], title: string): Promise<FoundDashboard | undefined> {
  const items = found.map((dashboard) => ({
    label: pickLabel(dashboard.title, 80),
    description: pickLabel(dashboard.folder, 80),
    dashboard,
  }));
  return (await window.showQuickPick(items, { title: pickLabel(`Which dashboard is “${title}”?`, 100) }))?.dashboard;
}

/** A link of a runbook that leads to a page of the web; null where it leads anywhere else. */
function baseOfLink(url: string): URL | null {
  return baseUrl(url) ? new URL(url) : null;
}

function serverOf({ origin }: URL): string {
  return `grafana ${origin}`;
}

/** As a string, which VS Code opens as it stands. */
async function openPage(url: URL): Promise<void> {
  await commands.executeCommand("vscode.open", url.href);
}
