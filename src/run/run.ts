import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Socket } from "node:net";
import type { Plan } from "../plan/plan.ts";
import { canMark, MarkReader, marksPrelude } from "./commandMarks.ts";
import { type CommandProgress, CommandTracker } from "./commandProgress.ts";
import { ProcessGroup } from "./processGroup.ts";
import { createRunFolder, type RunFolder } from "./runFolder.ts";
import { shellEnvironment } from "./shellEnvironment.ts";
import { stepPrelude } from "./stepPrelude.ts";
import { answerSteps, type StepDecision } from "./steps.ts";

/** How a run ended. `not-started`: bash could not be started, `problem` says why. */
export interface RunResult {
  readonly outcome: "exited" | "killed" | "stopped" | "not-started";
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
  /** Processes of the run still work in the background, with their output sent elsewhere. */
  readonly leftRunning: boolean;
  readonly problem: string | null;
}

/** When what does not end on SIGINT gets SIGTERM and SIGKILL, in ms after the stop. */
export interface StopTimes {
  readonly termAfterMs: number;
  readonly killAfterMs: number;
}

/** What a run needs from its surroundings. */
export interface RunOptions {
  readonly plan: Plan;
  /** Text of a kubeconfig in which the plan's target is current; null where there is no cluster. */
  readonly kubeconfig: string | null;
  readonly environment: NodeJS.ProcessEnv;
  readonly onOutput: (bytes: Uint8Array) => void;
  /** Told between the outputs when commands of the plan begin and end; not told for scripts that could notice. */
  readonly onCommand?: (progress: CommandProgress) => void;
  /** Monotonic, in ms. */
  readonly now: () => number;
  /** Decides before each command of the script whether it runs; without it the script runs through. */
  readonly onStep?: StepDecision;
}

/** After the last signal, how long the system may take until a killed process is gone, in ms. */
const killGraceMs = 1000;
const groupPollMs = 50;

/** One bash running a plan, leader of a process group that the run owns until nothing of it is left. */
export class Run {
  readonly plan: Plan;
  /** Settles when bash has ended and all output has been read; never rejects. */
  readonly ended: Promise<RunResult>;
  readonly #options: RunOptions;
  readonly #startedAt: number;
  #child: ChildProcess | undefined;
  #reader: Socket | undefined;
  #group: ProcessGroup | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: RunOptions) {
    this.plan = options.plan;
    this.#options = options;
    this.#startedAt = options.now();
    this.ended = this.#execute();
  }

  /** Whether any process of the run is left, also after bash itself has ended. */
  isAlive(): boolean {
    return this.#group?.isAlive() ?? false;
  }

  /** Ends the whole process group: SIGINT, then SIGTERM, then SIGKILL. Settles when nothing is left of it. */
  stop(times: StopTimes): Promise<void> {
    this.#stopping ??= this.#stop(times);
    return this.#stopping;
  }

  async #execute(): Promise<RunResult> {
    let folder: RunFolder | undefined;
    try {
      const { kubeconfig, environment, onStep } = this.#options;
      const { script, commands } = this.plan;
      const usersOwn = environment["BASH_ENV"] ?? "";
      const nonce = !onStep && canMark(script, commands) ? randomBytes(16).toString("hex") : null;
      const prelude = (pipe: string) => {
        if (onStep) return stepPrelude(usersOwn);
        return nonce === null ? null : marksPrelude(commands, nonce, pipe, usersOwn);
      };
      folder = await createRunFolder({ script, kubeconfig, prelude });
      this.#reader = folder.output.reader;
      if (this.#stopping) return this.#result("stopped");
      return await this.#runBash(folder, nonce);
    } catch (error) {
      return this.#result("not-started", { problem: problemOf(error as NodeJS.ErrnoException, this.plan) });
    } finally {
      await folder?.remove();
    }
  }

  async #runBash(folder: RunFolder, nonce: string | null): Promise<RunResult> {
    const { environment, onStep, onCommand, now } = this.#options;
    const { reader, writer, closeWriter } = folder.output;
    const tracker = new CommandTracker(now, (progress) => onCommand?.(progress));
    const read = this.#read(reader, nonce, tracker);
    const child = spawn("bash", [folder.script], {
      cwd: this.plan.directory,
      env: shellEnvironment(environment, folder),
      detached: true,
      stdio: ["ignore", writer, writer, ...(onStep ? (["pipe"] as const) : [])],
    });
    this.#child = child;
    if (child.pid !== undefined) this.#group = new ProcessGroup(child.pid);
    const control = child.stdio[3];
    if (onStep && control instanceof Socket) answerSteps(control, onStep);
    const [exitCode, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    closeWriter();
    await read;
    tracker.ended(this.#stopping ? null : exitCode, this.plan.commands.length);
    const outcome = this.#stopping ? "stopped" : signal ? "killed" : "exited";
    return this.#result(outcome, { exitCode, signal, leftRunning: this.isAlive() });
  }

  /** Hands the output on, and the marks in it; settles when nobody can write any more. */
  #read(reader: Socket, nonce: string | null, tracker: CommandTracker): Promise<unknown> {
    const { onOutput } = this.#options;
    const marks = nonce === null ? null : new MarkReader(nonce, onOutput, (mark) => tracker.mark(mark));
    reader.on("data", (bytes: Buffer) => (marks ? marks.write(bytes) : onOutput(bytes)));
    return once(reader, "close").then(() => marks?.end());
  }

  async #stop(times: StopTimes): Promise<void> {
    const group = this.#group;
    if (!group) return;
    const startedAt = this.#options.now();
    const elapsed = () => this.#options.now() - startedAt;
    const bashEnded = () => this.#child?.exitCode !== null || this.#child.signalCode !== null;
    group.signal("SIGINT");
    // Background jobs of a script ignore SIGINT: once bash itself is gone there is no reason to wait for them.
    await until(() => bashEnded() || elapsed() >= times.termAfterMs);
    if (group.isAlive()) group.signal("SIGTERM");
    await until(() => !group.isAlive() || elapsed() >= times.killAfterMs);
    if (group.isAlive()) group.signal("SIGKILL");
    await until(() => !group.isAlive() || elapsed() >= times.killAfterMs + killGraceMs);
    // A process that left the group can hold the pipe open: the run no longer waits for it.
    this.#reader?.destroy();
  }

  #result(outcome: RunResult["outcome"], more: Partial<RunResult> = {}): RunResult {
    const durationMs = this.#options.now() - this.#startedAt;
    return { outcome, exitCode: null, signal: null, leftRunning: false, problem: null, ...more, durationMs };
  }
}

/** No event tells that the last process of a group is gone, so this asks until it is. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, groupPollMs));
  }
}

function problemOf(error: NodeJS.ErrnoException, plan: Plan): string {
  if (error.code === "ENOENT" && error.syscall?.startsWith("spawn")) {
    return `bash or the working directory ${plan.directory} was not found. Install bash or create the directory, then run again.`;
  }
  return `The run could not be started: ${error.message}.`;
}
