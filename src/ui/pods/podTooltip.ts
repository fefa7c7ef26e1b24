import { humanDuration } from "../../cluster/humanDuration.ts";
import type { PodDetails, PodEvent } from "../../cluster/objectDetails.ts";
import type { Pod } from "../../cluster/pod.ts";
import { podColumns, whyLine } from "../../cluster/podColumns.ts";
import type { Container } from "../../cluster/podContainers.ts";
import { shownText } from "../shownText.ts";

/** A tooltip is no log: of many events the newest are enough. */
const mostEvents = 5;
const mostMessage = 160;

/** A tooltip as a plain string: what the cluster says is shown as it is, and leads nowhere. `details` are what only it knows. */
export function tooltipText(known: readonly string[], details: readonly string[]): string {
  return shownText([...known, ...(details.length > 0 ? ["", ...details] : [])].join("\n"));
}

/** What stands in the tooltip of a pod before anything is asked of the cluster. `now` is in ms since the epoch. */
export function podTooltip(pod: Pod, now: number): string[] {
  const { ready, status, restarts, age } = podColumns(pod, now);
  const why = whyLine(pod, now);
  return [
    pod.name,
    ...(why ? [why] : []),
    `${status}, ${ready} containers ready, ${restarts} ${pod.status.restarts === 1 ? "restart" : "restarts"}, ${age} old`,
    pod.node === "" ? "on no node yet" : `on node ${pod.node}`,
    ...pod.containers.map(({ name, image, state }) => `${name}: ${state} · ${image}`),
  ];
}

/** The same of a container. */
export function containerTooltip(pod: Pod, { name, image, state, restarts }: Container): string[] {
  const counted = `${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
  return [`Container ${name} of ${pod.name}`, `${state}, ${counted}`, image];
}

/** What the tooltip of a pod tells beyond its row: resources and usage by container, and the newest events. `now` in ms since the epoch. */
export function podDetailLines({ resources, usage, events }: PodDetails, now: number): string[] {
  const names = new Set([...resources.keys(), ...usage.keys()]);
  return [
    ...[...names].map((name) => `${name}: ${containerDetail(name, { resources, usage })}`),
    ...events.slice(0, mostEvents).map((event) => eventLine(event, now)),
    ...(events.length > mostEvents ? [`… ${events.length - mostEvents} older events`] : []),
  ];
}

/** `uses 12m cpu, 40Mi · requests 200m cpu, 256Mi · limits …` of one container; empty where nothing is known. */
export function containerDetail(name: string, { resources, usage }: Omit<PodDetails, "events">): string {
  const used = usage.get(name);
  return [...(used ? [`uses ${used}`] : []), ...[resources.get(name) ?? []].flat()].join(" · ");
}

function eventLine({ warning, reason, message, count, at }: PodEvent, now: number): string {
  const short = message.length > mostMessage ? `${message.slice(0, mostMessage)}…` : message;
  const times = count > 1 ? ` (${count} times)` : "";
  return `${warning ? "Warning: " : ""}${reason}: ${short.replaceAll(/\s+/g, " ")}${times}, ${humanDuration(now - at)} ago`;
}
