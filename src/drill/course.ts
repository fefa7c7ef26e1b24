import { type ClockState, rangeWords, secondsWords } from "../recovery/recoveryClock.ts";
import type { RecoverySeconds } from "../runbook/recoveryTime.ts";

/** Where a drill is. */
export type DrillPhase =
  | "injecting"
  | "detecting"
  /** The platform may recover by itself. */
  | "recovering"
  /** It did not in the expected time: the runbook's interventions, or the person's. */
  | "intervening"
  | "validating"
  | "restoring"
  | "done";

/** The course of a drill. Times in ms since the epoch, null for what was not reached. */
export interface DrillCourse {
  readonly phase: DrillPhase;
  /** When the command began that breaks something. */
  readonly injectedAt: number | null;
  /** When the first workload was seen that was not whole. */
  readonly detectedAt: number | null;
  readonly intervenedAt: number | null;
  /** When all of them were whole again. */
  readonly wholeAt: number | null;
  /** When the validation had succeeded too. */
  readonly recoveredAt: number | null;
  readonly endedAt: number | null;
  /** Why it did not go to its end, as in `it was stopped`; null where it did. */
  readonly why: string | null;
  /** What is not as before; null while that is not known, or cannot be. */
  readonly left: readonly string[] | null;
}

/** Something that moves a drill on; `at` in ms since the epoch. */
export type DrillEvent =
  | { readonly type: "injecting"; readonly at: number }
  | { readonly type: "injected" }
  | { readonly type: "clock"; readonly state: ClockState }
  | { readonly type: "intervening"; readonly at: number }
  | { readonly type: "restoring"; readonly why: string | null }
  | { readonly type: "done"; readonly at: number; readonly left: readonly string[] | null; readonly why?: string };

export const beginning: DrillCourse = {
  phase: "injecting",
  injectedAt: null,
  detectedAt: null,
  intervenedAt: null,
  wholeAt: null,
  recoveredAt: null,
  endedAt: null,
  why: null,
  left: null,
};

/** A failure that nobody sees within this time has no effect, in ms. */
const detectionMs = 60_000;
/** How long a recovery by itself may take where the runbook does not say, in ms. */
const recoveryMs = 60_000;
/** The least that interventions and a validation are given, in ms. */
const leastMs = 120_000;

/** The drill after an event. What comes too late for its phase changes nothing. */
export function nextCourse(course: DrillCourse, event: DrillEvent): DrillCourse {
  switch (event.type) {
    case "injecting":
      return { ...course, injectedAt: event.at };
    case "injected":
      return course.phase === "injecting" ? { ...course, phase: "detecting" } : course;
    case "clock":
      return isFollowing(course) ? withClock(course, event.state) : course;
    case "intervening":
      return course.phase === "recovering" ? { ...course, phase: "intervening", intervenedAt: event.at } : course;
    case "restoring":
      return course.phase === "done" ? course : { ...course, phase: "restoring", why: course.why ?? event.why };
    case "done":
      return { ...course, phase: "done", endedAt: event.at, left: event.left, why: course.why ?? event.why ?? null };
  }
}

/** How long the drill may stay in its phase until it goes on without what it waits for, in ms; null for as long as it takes. */
export function patienceMs({ phase }: DrillCourse, expected: RecoverySeconds | null): number | null {
  const expectedMs = expected ? expected[1] * 1000 : recoveryMs;
  switch (phase) {
    case "detecting":
      return detectionMs;
    case "recovering":
      return expectedMs;
    case "intervening":
    case "validating":
      return Math.max(expectedMs, leastMs);
    default:
      return null;
  }
}

/** The phase for the person who waits: `waits until the failure is seen`. */
export function phaseWords({ phase }: DrillCourse): string {
  return {
    injecting: "breaks it",
    detecting: "waits until the failure is seen",
    recovering: "waits for the recovery",
    intervening: "intervenes as the runbook says",
    validating: "validates the recovery",
    restoring: "puts everything back",
    done: "is over",
  }[phase];
}

/** The drill in one sentence without its full stop: detection, recovery, and whether all is as before. */
export function drillWords(course: DrillCourse, expected: RecoverySeconds | null): string {
  const { injectedAt, detectedAt, recoveredAt, wholeAt, why, left } = course;
  const seconds = (from: number, to: number) => secondsWords(Math.max(0, to - from) / 1000);
  const within = expected ? ` (expected ${rangeWords(expected)})` : "";
  const recovered = () => {
    if (detectedAt === null) return "";
    if (recoveredAt !== null) return `recovered in ${seconds(detectedAt, recoveredAt)}${within}`;
    return wholeAt === null
      ? `not recovered${within}`
      : `whole after ${seconds(detectedAt, wholeAt)}${within}, but not validated`;
  };
  return [
    injectedAt === null ? "nothing was broken" : "",
    injectedAt === null || detectedAt === null ? "" : `detected after ${seconds(injectedAt, detectedAt)}`,
    injectedAt !== null && detectedAt === null ? "not detected" : "",
    recovered(),
    why ?? "",
    restoredWords(left),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

function restoredWords(left: readonly string[] | null): string {
  if (left === null) return "it is not known whether all is as before";
  return left.length === 0 ? "all is as before" : `not as before: ${left.join(", ")}`;
}

function isFollowing({ phase }: DrillCourse): boolean {
  return phase !== "restoring" && phase !== "done";
}

function withClock(course: DrillCourse, state: ClockState): DrillCourse {
  const { detectedAt, phase } = course;
  switch (state.state) {
    case "waiting":
      return course;
    case "running": {
      const next = phase === "intervening" ? phase : course.intervenedAt === null ? "recovering" : "intervening";
      return { ...course, detectedAt: detectedAt ?? state.startedAt, phase: next, wholeAt: null };
    }
    case "validating":
      return { ...course, detectedAt: detectedAt ?? state.startedAt, wholeAt: state.wholeAt, phase: "validating" };
    case "recovered":
      return { ...course, detectedAt: detectedAt ?? state.startedAt, recoveredAt: state.endedAt, phase: "validating" };
  }
}
