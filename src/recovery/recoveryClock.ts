import type { RecoverySeconds } from "../runbook/recoveryTime.ts";

/** How the workloads of a scenario are at a moment. Times in ms since the epoch. */
export interface Health {
  /** When this was seen. */
  readonly at: number;
  /** Whether all of them are whole: as many pods ready as wanted, none coming or going. */
  readonly whole: boolean;
  /** Since when the API says that it is so: the youngest Ready condition where all is whole, else the oldest that is false; null where it does not say. */
  readonly changedAt: number | null;
  /** What is wrong, in a line; empty where nothing is. */
  readonly why: string;
}

/** The course of a recovery. */
export type ClockState =
  | { readonly state: "waiting" }
  | { readonly state: "running"; readonly startedAt: number; readonly why: string }
  /** Whole again; whether the validation succeeds is not known yet. */
  | { readonly state: "validating"; readonly startedAt: number; readonly wholeAt: number; readonly why: string }
  | { readonly state: "recovered"; readonly startedAt: number; readonly endedAt: number; readonly why: string };

/** A change that is seen this much later than the API made it was missed when it happened, in ms: the API's own time counts. */
const lateMs = 2000;
/** A change of the person's counts as the beginning where trouble follows it within this time, in ms. */
const causeMs = 10_000;

/**
 * Measures a recovery: from the first moment that a workload of the scenario is not whole, or the command that made it so,
 * to the moment that all are whole and the validation has succeeded.
 */
export class RecoveryClock {
  #state: ClockState = { state: "waiting" };
  #changedAt = Number.NEGATIVE_INFINITY;

  get state(): ClockState {
    return this.#state;
  }

  /** A command that changes something was started. */
  changing(at: number): void {
    if (this.#state.state === "waiting") this.#changedAt = at;
  }

  /** The workloads were looked at. */
  observe({ at, whole, changedAt, why }: Health): void {
    const when = sinceBefore(at, changedAt) ?? at;
    if (!whole) {
      if (this.#state.state === "recovered") return;
      const known = this.#state.state === "waiting" ? null : this.#state;
      const caused = when - this.#changedAt <= causeMs ? Math.min(this.#changedAt, when) : when;
      this.#state = { state: "running", startedAt: known?.startedAt ?? caused, why: why || (known?.why ?? "") };
    } else if (this.#state.state === "running") {
      const { startedAt, why: because } = this.#state;
      this.#state = { state: "validating", startedAt, wholeAt: Math.max(when, startedAt), why: because };
    }
  }

  /** The validation has succeeded; counts only while the workloads are whole. */
  validated(at: number): void {
    if (this.#state.state !== "validating") return;
    const { startedAt, wholeAt, why } = this.#state;
    this.#state = { state: "recovered", startedAt, endedAt: Math.max(at, wholeAt), why };
  }
}

/** When a change happened that was seen at `at`, where that was well before; null where it was seen at once. Times in ms since the epoch. */
export function sinceBefore(at: number, changedAt: number | null): number | null {
  return changedAt !== null && at - changedAt > lateMs ? changedAt : null;
}

/** How long the recovery has taken up to `now`, in ms; null before it has begun. */
export function recoveryMs(state: ClockState, now: number): number | null {
  if (state.state === "waiting") return null;
  return (state.state === "recovered" ? state.endedAt : now) - state.startedAt;
}

/** `recovered in 41 s (expected 30–60 s)`, with how late or early that was; what is known so far before the end. */
export function verdictWords(state: ClockState, expected: RecoverySeconds | null, now: number): string {
  const ms = recoveryMs(state, now);
  if (ms === null) return `nothing is unhealthy yet${expected ? ` · expected recovery ${rangeWords(expected)}` : ""}`;
  const took = secondsWords(ms / 1000);
  const within = expected ? ` (expected ${rangeWords(expected)})` : "";
  const late = expected ? ms / 1000 - expected[1] : 0;
  const lateWords = late > 0 ? `, late by ${secondsWords(late)}` : "";
  switch (state.state) {
    case "running":
      return `not recovered after ${took}${within}${lateWords}`;
    case "validating":
      return `whole after ${secondsWords((state.wholeAt - state.startedAt) / 1000)}, being validated${within}`;
    default:
      return `recovered in ${took}${within}${lateWords}`;
  }
}

/** `30–60 s`, `2–5 min`. */
export function rangeWords([least, most]: RecoverySeconds): string {
  const minutes = least % 60 === 0 && most % 60 === 0 && least >= 60;
  const [from, to, unit] = minutes ? [least / 60, most / 60, "min"] : [least, most, "s"];
  return from === to ? `${from} ${unit}` : `${from}–${to} ${unit}`;
}

/** `41 s`, `2 min 5 s`; tenths below ten seconds. */
export function secondsWords(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}
