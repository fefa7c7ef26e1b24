import type { Target } from "../plan/plan.ts";
import type { Effect } from "../shell/analysis.ts";
import type { ProcessIdentity } from "./processIdentity.ts";

/** Where a run comes from, so that it can be found and run again. */
export interface RunOrigin {
  /** URI of the runbook, or its path where the CLI ran it; null for recovery actions. */
  readonly runbook: string | null;
  /** Stable id of the block in the runbook; null for recovery actions. */
  readonly block: string | null;
  /** Text of the one command that was run, null for a whole block. */
  readonly command: string | null;
}

/** A command of a run as it was planned; lines are zero-based lines of the script. */
export interface RecordedCommand {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly effect: Effect;
}

/** The first line of a record: all that was planned. Secrets in its texts are masked. */
export interface RunStart {
  readonly type: "start";
  /** Name of the run's folder; sorts by time. */
  readonly id: string;
  /** In ms since the epoch. */
  readonly at: number;
  readonly title: string;
  readonly origin: RunOrigin;
  readonly target: Target | null;
  readonly directory: string;
  readonly script: string;
  readonly commands: readonly RecordedCommand[];
  readonly effect: Effect;
}

/** Whose run it is: while that process lives, nobody else touches the run. */
export interface RunOwned {
  readonly type: "owned";
  readonly owner: ProcessIdentity;
}

/** The private folder of the run has been made, still empty: it is removed even where bash was never started. */
export interface RunPrepared {
  readonly type: "prepared";
  readonly at: number;
  readonly folder: string;
}

/** bash has begun: what is needed to end it when nobody owns it any more. */
export interface RunSpawned {
  readonly type: "spawned";
  readonly at: number;
  /** Leader of the run's process group and session. */
  readonly pid: number;
  /** As `ProcessIdentity` has it; null where bash had ended before it could be asked. */
  readonly startTime: string | null;
  /** The private folder of the run, which holds credentials while it lasts. */
  readonly folder: string;
}

/** Output could not be written: only what comes before `offset` is kept. */
export interface RunIncomplete {
  readonly type: "incomplete";
  readonly at: number;
  /** Bytes of output that are kept. */
  readonly offset: number;
  /** For a person. */
  readonly problem: string;
}

/** A command has begun or ended; `offset` counts the bytes of output before it. */
export type RunCommandEvent =
  | { readonly type: "begin"; readonly at: number; readonly offset: number; readonly index: number }
  | {
      readonly type: "end";
      readonly at: number;
      readonly offset: number;
      readonly index: number;
      readonly status: number;
      readonly durationMs: number;
    };

/** The last line of a record: how the run ended. Of several, the first counts. */
export interface RunEnded {
  readonly type: "ended";
  readonly at: number;
  /** `interrupted`: the editor or the CLI was killed while it ran, and the next start found it. */
  readonly outcome: "exited" | "killed" | "stopped" | "timed-out" | "not-started" | "interrupted";
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
  readonly leftRunning: boolean;
  readonly problem: string | null;
  /** Bytes of output in all. */
  readonly outputBytes: number;
}

/** A line of a record. */
export type RunEvent = RunStart | RunOwned | RunPrepared | RunSpawned | RunCommandEvent | RunIncomplete | RunEnded;

/** A run as the journal has it; `ended` is null while it runs. */
export interface RunRecord {
  readonly start: RunStart;
  readonly commands: readonly RunCommandEvent[];
  readonly ended: RunEnded | null;
  /** Null where all output is kept, as far as is known. */
  readonly incomplete: RunIncomplete | null;
}

/** Where a running plan writes down what happens. What a call has settled for survives the end of this process. */
export interface RunEntry {
  readonly id: string;
  /** Appends bytes of output, masked already. Never rejects: a journal that cannot be written tells its owner once. */
  output(bytes: Uint8Array): Promise<void>;
  /** To be told before anything private is written into the folder: a kill -9 in between leaves no credentials behind. */
  prepared(folder: string): Promise<void>;
  spawned(pid: number, folder: string): Promise<void>;
  command(event: RunCommandEvent): Promise<void>;
  end(ended: Omit<RunEnded, "type">): Promise<void>;
}

/** What begins runs in a journal. */
export interface RunJournal {
  /** The entry is on disk, whole, when this settles; never rejects. */
  begin(start: Omit<RunStart, "type" | "id">): Promise<RunEntry>;
  /** All runs that can be read, the newest first. */
  list(): Promise<RunRecord[]>;
  /** Undefined where there is no such run (any more). */
  read(id: string): Promise<RunRecord | undefined>;
  /** Absolute path of the raw bytes of output of a run. */
  outputFile(id: string): string;
}
