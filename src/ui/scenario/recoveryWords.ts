import { type MeasuredRecovery, measuredSeconds } from "../../recovery/measuredRecovery.ts";
import { rangeWords, secondsWords } from "../../recovery/recoveryClock.ts";
import { clockTime, day } from "../history/runOutcome.ts";

const dayMs = 24 * 3_600_000;

/** The last recovery of a scenario, short: `recovered in 41 s yesterday`. `now` is in ms since the epoch. */
export function lastRecoveryWords(recovery: MeasuredRecovery, now: number): string {
  const seconds = measuredSeconds(recovery);
  const words = seconds === null ? "not recovered" : `recovered in ${secondsWords(seconds)}`;
  return `${words} ${whenWords(recovery.endedAt, now)}`;
}

/** What was measured against what was expected: `late by 15 s, expected 30–60 s`. */
export function comparedWords(recovery: MeasuredRecovery): string {
  const { expected } = recovery;
  if (!expected) return "nothing was expected";
  const seconds = measuredSeconds(recovery);
  const within = `expected ${rangeWords(expected)}`;
  if (seconds === null) return within;
  const [least, most] = expected;
  if (seconds > most) return `late by ${secondsWords(seconds - most)}, ${within}`;
  return seconds < least ? `${secondsWords(least - seconds)} sooner than expected (${rangeWords(expected)})` : within;
}

function whenWords(at: number, now: number): string {
  if (day(at) === day(now)) return `at ${clockTime(at).slice(0, 5)}`;
  return day(at) === day(now - dayMs) ? "yesterday" : `on ${day(at)}`;
}
