import { isAbsolute } from "node:path";
import { Uri, workspace } from "vscode";
import type { TargetChoice } from "../cluster/kubeconfig.ts";
import { type KeptRuns, keptByDefault } from "../journal/journalUpkeep.ts";
import { readServices, type ServiceSettings } from "../recovery/services.ts";
import type { EffectRow } from "../shell/analysis.ts";

/** Which blocks have a lens over each of their commands: those that mix reads and changes, all, or none. */
export type CommandLensSetting = "auto" | "all" | "off";

/** The settings that choose the target. */
export function targetChoice(): TargetChoice {
  const settings = workspace.getConfiguration("podbook");
  return {
    kubeconfig: settings.get("kubeconfig", ""),
    context: settings.get("context", ""),
    namespace: settings.get("namespace", ""),
  };
}

/** The targets that the Pods view follows: the one that blocks run on, then those of `podbook.targets`, each once. */
export function followedTargets(): TargetChoice[] {
  const main = targetChoice();
  const more = workspace
    .getConfiguration("podbook")
    .get<unknown[]>("targets", [])
    .flatMap((entry) => {
      const { context = main.context, namespace = "" } = (entry ?? {}) as Partial<Record<string, unknown>>;
      return isText(context) && isText(namespace) ? [{ ...main, context, namespace }] : [];
    });
  return [...new Map([main, ...more].map((choice) => [JSON.stringify(choice), choice])).values()];
}

/** Which files of the workspace are looked at for runbooks, as glob patterns. */
export function runbookPatterns(): string[] {
  return workspace.getConfiguration("podbook").get<unknown[]>("runbooks", []).filter(isText);
}

/** Patterns of the contexts whose name must be typed. A workspace can add to the user's, but not take away. */
export function protectedContexts(): string[] {
  const found = workspace.getConfiguration("podbook").inspect<string[]>("protectedContexts");
  const own = found?.globalValue ?? found?.defaultValue ?? [];
  return [...own, ...(found?.workspaceValue ?? []), ...(found?.workspaceFolderValue ?? [])].filter(isText);
}

/** Whether reads are confirmed too: when the user or the workspace asks for it. */
export function confirmsReads(): boolean {
  const found = workspace.getConfiguration("podbook").inspect<string>("confirm");
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].includes("always");
}

/** Rows that go before the built-in table of effects. The setting is the user's own: a workspace cannot set it. */
export function effectRows(): EffectRow[] {
  return workspace.getConfiguration("podbook").get<unknown[]>("effects", []).filter(isEffectRow);
}

/** Where the sample paths of runbooks lie: `/path/to/x` → a folder, relative ones to the workspace. */
export function samplePaths(): Record<string, string> {
  return workspace.getConfiguration("podbook").get<Record<string, string>>("paths", {});
}

/** The services that checks and recovery are about. */
export function serviceSettings(): ServiceSettings {
  return readServices(workspace.getConfiguration("podbook").get<unknown>("services"));
}

export function commandLenses(): CommandLensSetting {
  const value = workspace.getConfiguration("podbook").get<string>("commandLenses", "auto");
  return value === "all" || value === "off" ? value : "auto";
}

/** Whether the blocks of a runbook go on where the one before it stopped. */
export function carriesSession(runbook: Uri): boolean {
  return workspace.getConfiguration("podbook.run", runbook).get<string>("session", "block") === "runbook";
}

/** How long a block may take where its fence does not say: as text, empty for as long as it takes. */
export function runTimeout(runbook: Uri): string {
  return workspace.getConfiguration("podbook.run", runbook).get<string>("timeout", "");
}

/** What *Run in Cluster* makes pods of. The settings are the user's own: a workspace cannot set them. */
export function clusterRunSettings(): { image: string; serviceAccount: string; toolboxSelector: string } {
  const settings = workspace.getConfiguration("podbook.run");
  return {
    image: settings.get("image", ""),
    serviceAccount: settings.get("serviceAccount", ""),
    toolboxSelector: settings.get("toolboxSelector", ""),
  };
}

/** How much of the journal is kept. The settings are the user's own: a workspace cannot have runs removed. */
export function keptRuns(): KeptRuns {
  const settings = workspace.getConfiguration("podbook.journal");
  const atLeastOne = (name: string, otherwise: number) => {
    const value = settings.get<unknown>(name);
    return typeof value === "number" && value >= 1 ? value : otherwise;
  };
  return {
    days: atLeastOne("keepDays", keptByDefault.days),
    megabytes: atLeastOne("keepMegabytes", keptByDefault.megabytes),
  };
}

function isEffectRow(value: unknown): value is EffectRow {
  const row = value as Partial<EffectRow> | null;
  const effect: unknown = row?.effect;
  return isText(row?.program) && (effect === "read" || effect === "change" || effect === "destroy");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Where reports of incidents are written; null for beside the runbook. A relative path is one of the first folder. */
export function incidentFolder(): Uri | null {
  const path = workspace.getConfiguration("podbook").get("incident.folder", "");
  const [root] = workspace.workspaceFolders ?? [];
  if (path === "") return null;
  return isAbsolute(path) || !root ? Uri.file(path) : Uri.joinPath(root.uri, path);
}

/** How long a workload may be out of order until the person is told, in ms; null for never. */
export function notifyAfterMs(): number | null {
  const seconds = workspace.getConfiguration("podbook").get<unknown>("notifyAfterSeconds");
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : null;
}

/** The page on which the team is called out; empty where none is set. The setting is the user's own: a workspace cannot set it. */
export function escalationUrl(): string {
  return textSetting("escalation.url");
}

/** The address of Prometheus; empty where it is looked for in the cluster. */
export function prometheusUrl(): string {
  return textSetting("prometheus.url");
}

/** The address of Grafana; empty where none is set. */
export function grafanaUrl(): string {
  return textSetting("grafana.url");
}

function textSetting(name: string): string {
  const value = workspace.getConfiguration("podbook").get<unknown>(name);
  return isText(value) ? value.trim() : "";
}
