import type { Target } from "../plan/plan.ts";
import type { RecoverySeconds } from "../runbook/recoveryTime.ts";
import { type ClockState, verdictWords } from "./recoveryClock.ts";

/** What the clock of a scenario has measured. Times in ms since the epoch. */
export interface MeasuredRecovery {
  /** Title of the scenario. */
  readonly scenario: string;
  readonly target: Target | null;
  readonly startedAt: number;
  /** When it was recovered, or the person went on without that. */
  readonly endedAt: number;
  readonly recovered: boolean;
  readonly expected: RecoverySeconds | null;
  /** What was wrong, in a line; empty where that is not known. */
  readonly why: string;
}

/** What is to be kept of a scenario that ends at `now` (ms since the epoch); null where nothing was measured. */
export function measuredRecovery(
  state: ClockState,
  about: Pick<MeasuredRecovery, "scenario" | "target" | "expected">,
  now: number,
): MeasuredRecovery | null {
  if (state.state === "waiting") return null;
  const recovered = state.state === "recovered";
  const { scenario, target, expected } = about;
  const { startedAt, why } = state;
  return { scenario, target, startedAt, endedAt: recovered ? state.endedAt : now, recovered, expected, why };
}

/** As in `recovered in 41 s (expected 30–60 s)`. */
export function measuredWords({ startedAt, endedAt, recovered, expected, why }: MeasuredRecovery): string {
  const state = recovered ? ({ state: "recovered", endedAt } as const) : ({ state: "running" } as const);
  return verdictWords({ ...state, startedAt, why }, expected, endedAt);
}

/** How long it took, in seconds; null where it was not recovered. */
export function measuredSeconds({ startedAt, endedAt, recovered }: MeasuredRecovery): number | null {
  return recovered ? Math.max(0, endedAt - startedAt) / 1000 : null;
}
