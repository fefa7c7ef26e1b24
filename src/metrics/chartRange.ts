import type { MetricsRange } from "./metricsSource.ts";

/** Which time charts are about: that of the incident, the last so many minutes, or one that is over. Times in ms since the epoch. */
export type RangeChoice =
  | { readonly kind: "incident" }
  | { readonly kind: "last"; readonly minutes: number }
  | { readonly kind: "between"; readonly from: number; readonly to: number };

/** How long before the incident its charts begin, in ms: how it usually is must be seen too. */
export const beforeIncidentMs = 5 * 60_000;
/** Where there is no incident, its range is this long. */
const withoutIncidentMs = 15 * 60_000;
/** Most servers are told new values no more often, in ms. */
const leastStepMs = 5000;
const points = 240;
const leastPauseMs = 5000;
const mostPauseMs = 15_000;

/** The range that is asked for at a moment; `incidentBegan` is null where no incident is going on. */
export function chartRange(choice: RangeChoice, now: number, incidentBegan: number | null): MetricsRange {
  if (choice.kind === "between") return rangeBetween(choice.from, choice.to);
  if (choice.kind === "last") return rangeBetween(now - choice.minutes * 60_000, now);
  return rangeBetween(incidentBegan === null ? now - withoutIncidentMs : incidentBegan - beforeIncidentMs, now);
}

/** A range with a step that gives a few hundred values; it begins on a whole step, so that asking again asks for the same times. */
export function rangeBetween(from: number, to: number): MetricsRange {
  const step = Math.max(leastStepMs, Math.ceil((to - from) / points / 1000) * 1000);
  return { from: Math.floor(from / step) * step, to, step };
}

/** How long to wait until charts of this step are asked for again, in ms. */
export function pauseOf({ step }: MetricsRange): number {
  return Math.min(mostPauseMs, Math.max(leastPauseMs, step));
}
