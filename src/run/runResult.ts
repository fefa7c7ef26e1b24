import type { CommandState } from "./commandProgress.ts";
import type { ShellSession } from "./session.ts";

/** How a run ended. `not-started`: bash could not be started, `problem` says why. */
export interface RunResult {
  readonly outcome: "exited" | "killed" | "stopped" | "timed-out" | "not-started";
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
  /** Processes of the run still work in the background, with their output sent elsewhere. */
  readonly leftRunning: boolean;
  readonly problem: string | null;
  /** Of each command of the plan; empty where bash told nothing of them. */
  readonly commands: readonly CommandState[];
  /** What the next block of the runbook goes on with; undefined where that was not asked for or could not be read. */
  readonly session: ShellSession | undefined;
}
