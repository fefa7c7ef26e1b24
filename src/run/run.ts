import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Socket } from "node:net";
import type { Plan } from "../plan/plan.ts";
import { canMark, canObserve, MarkReader } from "./commandMarks.ts";
import { type CommandProgress, CommandTracker } from "./commandProgress.ts";
import { endGroup } from "./endGroup.ts";
import { type OutputBytes, OutputQueue } from "./outputQueue.ts";
import { prelude } from "./prelude.ts";
import { ProcessGroup } from "./processGroup.ts";
import { createRunFolder, type RunFolder } from "./runFolder.ts";
import type { RunResult } from "./runResult.ts";
import { readSession, type ShellSession, withSession } from "./session.ts";
import { shellEnvironment } from "./shellEnvironment.ts";
import { answerSteps, type StepDecision } from "./steps.ts";
import { patientStop, type StopTimes } from "./stopTimes.ts";

/** What a run needs from its surroundings. */
export interface RunOptions {
  readonly plan: Plan;
  /** Text of a kubeconfig in which the plan's target is current; null where there is no cluster. */
  readonly kubeconfig: string | null;
  readonly environment: NodeJS.ProcessEnv;
  /** The next output is handed on when this has settled. */
  readonly onOutput: (output: OutputBytes) => Promise<void> | void;
  /** Told between the outputs when commands of the plan begin and end; not told for scripts that could notice. */
  readonly onCommand?: (progress: CommandProgress) => Promise<void> | void;
  /** Told the run's private folder before anything is written into it. */
  readonly onPrepared?: (folder: string) => Promise<void> | void;
  /** Told the process id of bash, the leader of the run's group, before any output; and the run's private folder. */
  readonly onSpawned?: (pid: number, folder: string) => Promise<void> | void;
  /** Monotonic, in ms. */
  readonly now: () => number;
  /** Decides before each command of the script whether it runs; without it the script runs through. */
  readonly onStep?: StepDecision;
  /** What the blocks before left; its directory takes the place of the plan's. Without it nothing is carried on. */
  readonly session?: ShellSession;
  /** How a run is ended that takes longer than its plan allows. */
  readonly timeoutStop?: StopTimes;
  /** Standard error gets a pipe of its own: the streams stay apart, and their common order is lost. */
  readonly separateErrors?: boolean;
}

/** One bash running a plan, leader of a process group that the run owns until nothing of it is left. */
export class Run {
  readonly plan: Plan;
  /** Settles when bash has ended and all output has been handed on; never rejects. */
  readonly ended: Promise<RunResult>;
  readonly #options: RunOptions;
  readonly #tracker: CommandTracker;
  readonly #output: OutputQueue;
  #startedAt: number;
  #child: ChildProcess | undefined;
  #readers: Socket[] = [];
  #group: ProcessGroup | undefined;
  #stopping: Promise<void> | undefined;
  #stopTimes: StopTimes = patientStop;
  #timedOut = false;

  constructor(options: RunOptions) {
    this.plan = options.plan;
    this.#options = options;
    this.#startedAt = options.now();
    const taker = {
      output: (output: OutputBytes) => options.onOutput(output),
      command: (progress: CommandProgress) => options.onCommand?.(progress),
    };
    this.#output = new OutputQueue(taker, (paused) => {
      for (const reader of this.#readers) paused ? reader.pause() : reader.resume();
    });
    this.#tracker = new CommandTracker(options.now, (progress) => this.#output.command(progress));
    this.ended = this.#execute();
  }

  /** Whether any process of the run is left, also after bash itself has ended. */
  isAlive(): boolean {
    return this.#group?.isAlive() ?? false;
  }

  /**
   * Ends the whole process group: SIGINT, then SIGTERM, then SIGKILL. Settles when nothing is left of it. A stop under way
   * goes on by the times of the last call, so that it can be hastened.
   */
  stop(times: StopTimes): Promise<void> {
    this.#stopTimes = times;
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #execute(): Promise<RunResult> {
    let folder: RunFolder | undefined;
    try {
      const { kubeconfig, separateErrors = false } = this.#options;
      const nonce = this.#marks() ? randomBytes(16).toString("hex") : null;
      folder = await createRunFolder({
        script: this.plan.script,
        kubeconfig,
        prelude: (pipe, sessionPath) => this.#prelude(nonce, pipe, sessionPath),
        separateErrors,
        onMade: (path) => this.#options.onPrepared?.(path),
      });
      this.#readers = [folder.output, folder.errors].flatMap((pipe) => (pipe ? [pipe.reader] : []));
      if (this.#stopping) return this.#result("stopped");
      return await this.#runBash(folder, nonce);
    } catch (error) {
      return this.#result("not-started", { problem: problemOf(error as NodeJS.ErrnoException, this.#directory()) });
    } finally {
      await folder?.remove();
    }
  }

  async #runBash(folder: RunFolder, nonce: string | null): Promise<RunResult> {
    const { onStep, onSpawned } = this.#options;
    const { output, errors } = folder;
    const began = { directory: this.#directory(), environment: this.#environment(folder) };
    const child = spawn("bash", [folder.script], {
      cwd: began.directory,
      env: began.environment,
      detached: true,
      stdio: ["ignore", output.writer, (errors ?? output).writer, ...(onStep ? (["pipe"] as const) : [])],
    });
    this.#startedAt = this.#options.now();
    this.#child = child;
    const exit = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    const control = child.stdio[3];
    if (onStep && control instanceof Socket) answerSteps(control, onStep);
    if (child.pid !== undefined) {
      this.#group = new ProcessGroup(child.pid);
      await onSpawned?.(child.pid, folder.path);
    }
    const reading = Promise.all([
      this.#read(output.reader, "output", nonce),
      errors && this.#read(errors.reader, "errors", null),
    ]);
    const timer = this.#startTimer();
    const [exitCode, signal] = await exit.finally(() => {
      clearTimeout(timer);
      output.closeWriter();
      errors?.closeWriter();
    });
    await reading;
    this.#tracker.ended(this.#stopping ? null : exitCode, this.plan.commands.length);
    await this.#output.drained();
    const outcome = this.#timedOut ? "timed-out" : this.#stopping ? "stopped" : signal ? "killed" : "exited";
    const session = await this.#readSession(folder, began);
    return this.#result(outcome, { exitCode, signal, leftRunning: this.isAlive(), session });
  }

  /** Hands what a stream gives on, and the marks in it; settles when nobody can write any more. */
  async #read(reader: Socket, stream: OutputBytes["stream"], nonce: string | null): Promise<void> {
    const give = (bytes: Buffer) => this.#output.output({ stream, bytes });
    const marks = nonce === null ? null : new MarkReader(nonce, give, (mark) => this.#tracker.mark(mark));
    reader.on("data", (bytes: Buffer) => (marks ? marks.write(bytes) : give(bytes)));
    await once(reader, "close");
    marks?.end();
  }

  #startTimer(): NodeJS.Timeout | undefined {
    const { timeoutStop } = this.#options;
    const { timeoutMs } = this.plan;
    if (timeoutMs === null || !timeoutStop) return undefined;
    return setTimeout(() => {
      this.#timedOut = this.#stopping === undefined;
      void this.stop(timeoutStop);
    }, timeoutMs);
  }

  async #stop(): Promise<void> {
    const group = this.#group;
    if (!group) return;
    const bashEnded = () => this.#child?.exitCode !== null || this.#child.signalCode !== null;
    await endGroup(group, bashEnded, () => this.#stopTimes, this.#options.now);
    // A process that left the group can hold the pipe open: the run no longer waits for it.
    for (const reader of this.#readers) reader.destroy();
  }

  #marks(): boolean {
    return !this.#options.onStep && canMark(this.plan.script, this.plan.commands);
  }

  #directory(): string {
    return this.#options.session?.directory ?? this.plan.directory;
  }

  #environment(folder: RunFolder): NodeJS.ProcessEnv {
    const { environment, session } = this.#options;
    return shellEnvironment(session ? withSession(environment, session) : environment, folder);
  }

  #prelude(nonce: string | null, pipe: string, sessionPath: string): string | null {
    const { environment, onStep, session } = this.#options;
    const { commands, script } = this.plan;
    const sessionFile = session && !canObserve(script) ? sessionPath : null;
    const usersOwn = environment["BASH_ENV"] ?? "";
    return prelude({ commands, nonce, pipe, sessionFile, steps: onStep !== undefined, usersOwn });
  }

  async #readSession(
    folder: RunFolder,
    began: { readonly environment: NodeJS.ProcessEnv; readonly directory: string },
  ): Promise<ShellSession | undefined> {
    const { session } = this.#options;
    const written = session && (await folder.readSession());
    return session && written ? readSession(written, session, began) : undefined;
  }

  #result(outcome: RunResult["outcome"], more: Partial<RunResult> = {}): RunResult {
    const durationMs = this.#options.now() - this.#startedAt;
    const commands = this.#tracker.states(this.plan.commands.length);
    const nothing = { exitCode: null, signal: null, leftRunning: false, problem: null, session: undefined };
    return { outcome, ...nothing, commands, ...more, durationMs };
  }
}

function problemOf(error: NodeJS.ErrnoException, directory: string): string {
  if (error.code === "ENOENT" && error.syscall?.startsWith("spawn")) {
    return `bash or the working directory ${directory} was not found. Install bash or create the directory, then run again.`;
  }
  return `The run could not be started: ${error.message}.`;
}
