import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { humanDuration } from "../../cluster/humanDuration.ts";
import type { Pod } from "../../cluster/pod.ts";
import { podColumns, whyLine } from "../../cluster/podColumns.ts";
import type { Container } from "../../cluster/podContainers.ts";
import type { Severity } from "../../cluster/podTrouble.ts";
import { isReady, readyCount, stuckPod, type Workload, workloadSeverity } from "../../cluster/workload.ts";
import { shownLabel } from "../shownText.ts";
import type { StatusWords } from "./statusWords.ts";

const recentMs = 3_600_000;
/** A row is one line, in characters. */
const mostWords = 300;

/** When a row is written, and of what age. */
export interface RowTime {
  /** In ms since the epoch. */
  readonly now: number;
  /** Whether what is known holds now; where not, no row says that something is well. */
  readonly live: boolean;
}

/** The row of a workload: how many of its pods are ready, and which have restarted in the last hour. */
export function workloadRow(workload: Workload, { now, live }: RowTime): TreeItem {
  const { ready, wanted } = readyCount(workload);
  const counted = wanted === 0 && ready === 0 ? idleWords(workload) : `${ready}/${wanted} ready`;
  const stuck = ready >= wanted ? stuckPod(workload) : undefined;
  const words = [counted, ...(stuck ? [stuck.status.text] : []), ...restartWords(workload, now)].join(" · ");
  const row = new TreeItem(workload.name, TreeItemCollapsibleState.Expanded);
  row.description = words;
  const severity = workloadSeverity(workload);
  row.iconPath = severity === "done" ? icon("circle-slash") : severityIcon(severity, live);
  row.contextValue = `workload.${workload.kind}`;
  row.tooltip = `${workload.kind} ${workload.name}: ${words}`;
  row.accessibilityInformation = { label: spoken(row.tooltip, live) };
  return row;
}

/**
 * The row of a pod: STATUS, READY (where not all is ready), why where it is not well, RESTARTS and AGE, as kubectl prints them.
 * `underWorkload` says whether its workload's row stands above it.
 */
export function podRow(pod: Pod, { now, live }: RowTime, underWorkload: boolean): TreeItem {
  const { ready, status, restarts, age } = podColumns(pod, now);
  const why = whyLine(pod, now);
  const counted = `${restarts} ${pod.status.restarts === 1 ? "restart" : "restarts"}`;
  const row = new TreeItem(underWorkload ? shortName(pod) : pod.name, TreeItemCollapsibleState.Collapsed);
  const parts = [ready === "1/1" ? status : `${status} ${ready}`, ...(why ? [why] : []), counted, age];
  row.description = shownLabel(parts.join(" · "), mostWords);
  row.iconPath = severityIcon(pod.trouble.severity, live);
  row.contextValue = "pod";
  row.accessibilityInformation = { label: spoken(`Pod ${pod.name}: ${row.description}`, live) };
  return row;
}

/** The row of a node of the cluster, with the pods on it. */
export function nodeRow(name: string, pods: readonly Pod[]): TreeItem {
  const row = new TreeItem(name || "On no node yet", TreeItemCollapsibleState.Expanded);
  row.description = `${pods.filter(isReady).length}/${pods.length} ready`;
  row.iconPath = new ThemeIcon("server");
  row.contextValue = "node";
  row.accessibilityInformation = { label: `Node ${row.label}: ${row.description}` };
  return row;
}

/** The row of a target where several are followed: how many of its pods are ready, and how old that knowledge is. */
export function targetRow(words: StatusWords, name: string): TreeItem {
  const row = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  row.description = words.short;
  row.iconPath = words.warns ? icon("warning") : icon("server-environment");
  row.contextValue = "target";
  row.tooltip = words.tooltip;
  row.accessibilityInformation = { label: `Target ${name}: ${words.short}` };
  return row;
}

/** The row that stands for the pods of a group that are not shown yet. */
export function moreRow(parent: string, left: number): TreeItem {
  const row = new TreeItem(`… ${left} more`);
  row.command = { title: "Show More Pods", command: "podbook.showMorePods", arguments: [parent] };
  row.accessibilityInformation = { label: `${left} more pods: show the next` };
  return row;
}

/** The row of a container of a pod: its state, restarts and image. */
export function containerRow(container: Container, live: boolean): TreeItem {
  const { name, image, role, state, ready, failed, restarts } = container;
  const row = new TreeItem(name);
  const words = state === "running" && !ready && role !== "init" ? "running, not ready" : state;
  const counted = `${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
  row.description = [...(role === "main" ? [] : [role]), words, counted, image].join(" · ");
  row.iconPath = severityIcon(containerSeverity(container, failed), live);
  row.contextValue = "container";
  row.accessibilityInformation = { label: spoken(`Container ${name}: ${row.description}`, live) };
  return row;
}

function containerSeverity({ state, ready, role }: Container, failed: boolean): Severity {
  if (failed) return "error";
  if (state === "completed") return "done";
  if (state === "running") return ready || role === "init" ? "ok" : "warning";
  return "starting";
}

/** Under its Deployment a pod needs only the last part of its name: a sidebar is too narrow for name and status. */
function shortName({ name, owner }: Pod): string {
  return owner.kind === "Deployment" ? name.slice(name.lastIndexOf("-") + 1) : name;
}

/** Which containers have restarted lately: healthy now, they are still what a person wants to know of. */
function restartWords({ pods }: Workload, now: number): string[] {
  const recent = pods.flatMap(({ status }) =>
    status.lastRestartAt !== null && now - status.lastRestartAt < recentMs ? [status.lastRestartAt] : [],
  );
  if (recent.length === 0) return [];
  const who = pods.length === 1 ? "restarted" : `${recent.length} of ${pods.length} restarted`;
  return [`${who} ${humanDuration(now - Math.max(...recent))} ago`];
}

function idleWords(workload: Workload): string {
  return workload.desired === 0 ? "scaled to 0" : "completed";
}

/** What is not known now has the icon of the past where it was well, and no colour. */
function severityIcon(severity: Severity, live: boolean): ThemeIcon {
  const icons = { ok: "pass", done: "check", starting: "clock", warning: "warning", error: "error" } as const;
  if (live) return icon(icons[severity]);
  const name = severity === "ok" ? "history" : icons[severity];
  return new ThemeIcon(name, new ThemeColor("disabledForeground"));
}

/** For who hears the row instead of seeing its icon. */
function spoken(words: string, live: boolean): string {
  return live ? words : `${words}, as it was last known`;
}

function icon(
  name: "pass" | "check" | "clock" | "warning" | "error" | "circle-slash" | "server-environment",
): ThemeIcon {
  const colors = { pass: "testing.iconPassed", warning: "list.warningForeground", error: "list.errorForeground" };
  const color = name === "pass" || name === "warning" || name === "error" ? colors[name] : undefined;
  return color ? new ThemeIcon(name, new ThemeColor(color)) : new ThemeIcon(name);
}
