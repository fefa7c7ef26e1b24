import type { Connection } from "../cluster/connection.ts";
import type { PinnedTarget } from "../cluster/kubeconfig.ts";
import type { RunJournal } from "../journal/runRecord.ts";
import type { Plan } from "../plan/plan.ts";
import type { CommandProgress } from "./commandProgress.ts";
import type { OutputBytes } from "./outputQueue.ts";
import type { PreparedRun } from "./preparedRun.ts";
import { RecordedOutput } from "./recordedOutput.ts";
import type { Run } from "./run.ts";
import { openRunGateway, type RunGateway } from "./runGateway.ts";
import type { RunResult } from "./runResult.ts";
import type { Runs } from "./runs.ts";
import { type ShellSession, withSession } from "./session.ts";
import type { StepDecision } from "./steps.ts";
import type { StoppedRun } from "./stopReport.ts";
import { patientStop, type StopTimes } from "./stopTimes.ts";

/** Gives the connection to a context that a pinned kubeconfig holds. */
export type Connect = (pinned: PinnedTarget, context: string) => Promise<Connection>;

/** Who shows a run. What it is told is in the journal already; the next thing waits until the last call has settled. */
export interface RunViewer {
  /** Secrets are masked. */
  output(output: OutputBytes): Promise<void> | void;
  /** The same as the run printed it, for who passes it on to where it would have gone without Podbook. */
  unmasked?(output: OutputBytes): Promise<void> | void;
  command(progress: CommandProgress): Promise<void> | void;
  end(result: RunResult): Promise<void> | void;
}

/** Gives who shows a run, from its name in the journal and its plan with the secrets masked. */
export type View = (id: string, plan: Plan) => RunViewer;

/** What plans are executed with. */
export interface ExecutorParts {
  readonly runs: Runs;
  readonly journal: () => Promise<RunJournal>;
  readonly connect: Connect;
  /** What must not be shown or written down of what a run prints, as far as it is known beforehand. */
  readonly secrets: (prepared: PreparedRun) => Promise<readonly string[]>;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
}

/** How a plan is executed other than from its first command to its last. */
export interface ExecutionOptions {
  readonly onStep?: StepDecision;
  readonly session?: ShellSession;
  readonly separateErrors?: boolean;
}

/** A plan that is being executed. */
export interface Execution {
  readonly plan: Plan;
  /** The plan with the secrets masked that it can hold. */
  readonly shown: Plan;
  /** Settles when the run has ended, its record is closed, and who shows it knows; never rejects. */
  readonly ended: Promise<RunResult>;
  /** Ends every process of the run, as `Run.stop` does. */
  stop(times: StopTimes): Promise<void>;
}

/** Executes any plan: pinned, with a gateway to the services of its target, and written down before it is shown. */
export class PlanExecutor {
  readonly #parts: ExecutorParts;
  readonly #active = new Set<Promise<RunResult>>();

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  /** Starts a plan that the person has agreed to. */
  async start(prepared: PreparedRun, view: View, options: ExecutionOptions = {}): Promise<Execution> {
    const { plan, pinned } = prepared;
    const { runs, environment } = this.#parts;
    const [gateway, output] = await Promise.all([
      openRunGateway(prepared, this.#parts.connect, environment),
      this.#beginRecord(prepared, view),
    ]);
    const own = options.session ? withSession(environment, options.session) : environment;
    const run = runs.start({
      plan,
      kubeconfig: pinned?.kubeconfig ?? null,
      environment: { ...environment, ...gateway?.variables(own) },
      onOutput: (bytes) => output.output(bytes),
      onCommand: (progress) => output.command(progress),
      onPrepared: (folder) => output.prepared(folder),
      onSpawned: (pid, folder) => output.spawned(pid, folder),
      now: () => performance.now(),
      timeoutStop: patientStop,
      ...options,
    });
    const ended = this.#end(run, output, gateway);
    this.#active.add(ended);
    void ended.then(() => this.#active.delete(ended));
    return { plan, shown: output.plan, ended, stop: (times) => run.stop(times) };
  }

  /** Ends all runs, and what ended runs left working in the background; gives what was ended. */
  async stopAll(times: StopTimes): Promise<StoppedRun[]> {
    const stopped = await this.#parts.runs.stopAll(times);
    await Promise.all(this.#active);
    return stopped;
  }

  async #end(run: Run, output: RecordedOutput, gateway: RunGateway | null): Promise<RunResult> {
    const result = await run.ended;
    await Promise.all([output.end(result), gateway?.close()]);
    return result;
  }

  async #beginRecord(prepared: PreparedRun, view: View): Promise<RecordedOutput> {
    const [journal, secrets] = await Promise.all([this.#parts.journal(), this.#parts.secrets(prepared)]);
    return RecordedOutput.begin({ prepared, journal, secrets, view, now: () => Date.now() });
  }
}
