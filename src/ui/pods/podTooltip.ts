import { humanDuration } from "../../cluster/humanDuration.ts";
import type { PodDetails, PodEvent } from "../../cluster/objectDetails.ts";

/** A tooltip is no log: of many events the newest are enough. */
const mostEvents = 5;
const mostMessage = 160;

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
