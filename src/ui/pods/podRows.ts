import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { humanDuration } from "../../cluster/humanDuration.ts";
import type { Pod } from "../../cluster/pod.ts";
import { isReady, type Workload } from "../../cluster/workload.ts";

/** The row of a workload: how many of its pods are ready, as icon and as words. */
export function workloadRow(workload: Workload): TreeItem {
  const ready = workload.pods.filter(isReady).length;
  const wanted = workload.desired ?? workload.pods.filter((pod) => pod.phase !== "Succeeded").length;
  const words = wanted === 0 && ready === 0 ? idleWords(workload) : `${ready}/${wanted} ready`;
  const row = new TreeItem(workload.name, TreeItemCollapsibleState.Expanded);
  row.id = `${workload.kind}/${workload.name}`;
  row.description = words;
  row.iconPath = ready >= wanted ? healthy(wanted) : icon(ready === 0 ? "error" : "warning");
  row.contextValue = `workload.${workload.kind}`;
  row.tooltip = `${workload.kind} ${workload.name}: ${words}`;
  row.accessibilityInformation = { label: row.tooltip };
  return row;
}

/** The row of a pod, with STATUS, READY (where not all is ready), RESTARTS and AGE as kubectl prints them; `now` in ms since the epoch. */
export function podRow(pod: Pod, now: number): TreeItem {
  const { text, ready, total, restarts, lastRestartAt } = pod.status;
  const times = restarts > 0 && lastRestartAt !== null ? ` (${humanDuration(now - lastRestartAt)} ago)` : "";
  const counted = `${restarts}${times} ${restarts === 1 ? "restart" : "restarts"}`;
  const row = new TreeItem(shortName(pod), TreeItemCollapsibleState.None);
  row.id = `pod/${pod.uid}`;
  const containers = total === 1 && ready === 1 ? "" : ` ${ready}/${total}`;
  row.description = `${text}${containers} · ${counted} · ${humanDuration(now - pod.createdAt)}`;
  row.iconPath = podIcon(pod);
  row.contextValue = "pod";
  row.tooltip = `${pod.name}\n${text}, ${ready} of ${total} containers ready, ${counted}\n${
    pod.node === "" ? "on no node yet" : `on node ${pod.node}`
  }`;
  row.accessibilityInformation = { label: `Pod ${pod.name}: ${row.description}` };
  return row;
}

/** Under its Deployment a pod needs only the last part of its name: a sidebar is too narrow for name and status. */
function shortName({ name, owner }: Pod): string {
  return owner.kind === "Deployment" ? name.slice(name.lastIndexOf("-") + 1) : name;
}

function idleWords(workload: Workload): string {
  return workload.desired === 0 ? "scaled to 0" : "completed";
}

function podIcon(pod: Pod): ThemeIcon {
  if (isReady(pod)) return icon("pass");
  if (pod.phase === "Succeeded") return icon("check");
  const starting = ["Pending", "ContainerCreating", "PodInitializing"].includes(pod.status.text);
  if (starting) return icon("clock");
  return icon(["Running", "Terminating", "NotReady"].includes(pod.status.text) ? "warning" : "error");
}

function healthy(wanted: number): ThemeIcon {
  return wanted === 0 ? icon("circle-slash") : icon("pass");
}

function icon(name: "pass" | "check" | "clock" | "warning" | "error" | "circle-slash"): ThemeIcon {
  const colors = { pass: "testing.iconPassed", warning: "list.warningForeground", error: "list.errorForeground" };
  const color = name === "pass" || name === "warning" || name === "error" ? colors[name] : undefined;
  return color ? new ThemeIcon(name, new ThemeColor(color)) : new ThemeIcon(name);
}
