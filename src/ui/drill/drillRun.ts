import type { Disposable } from "vscode";
import { beginning, type DrillCourse, type DrillEvent, nextCourse, patienceMs } from "../../drill/course.ts";
import { secondsWords } from "../../recovery/recoveryClock.ts";
import type { Execution } from "../../run/planExecutor.ts";
import { patientStop } from "../../run/stopTimes.ts";
import type { PlanRunner } from "../planRunner.ts";
import type { GuidedScenario } from "../scenario/guidedScenario.ts";
import type { DrillFollower } from "./drillFollower.ts";
import type { DrillNotes } from "./drillNotes.ts";
import type { DrillPlan } from "./drillPlan.ts";

/** What a drill runs with. */
export interface DrillRunParts {
  readonly plan: DrillPlan;
  readonly guided: GuidedScenario;
  readonly follower: DrillFollower;
  readonly notes: DrillNotes;
  readonly runner: PlanRunner;
  /** Puts everything back; gives what is not as before then. */
  readonly restore: () => Promise<readonly string[]>;
  /** Writes a sentence into the drill's report. */
  readonly tell: (words: string) => void;
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
}

const stopped = "it was stopped";
/** How long the scenario's watch may take to begin, in ms. */
const watchingMs = 15_000;

/** One drill from the injection to the end: whatever happens in between, everything is put back. */
export class DrillRun implements Disposable {
  readonly #parts: DrillRunParts;
  /** Told of every change. */
  readonly #listening = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #listener: Disposable;
  #course: DrillCourse = beginning;

  constructor(parts: DrillRunParts) {
    this.#parts = parts;
    this.#listener = parts.guided.onDidChange(() => this.#look());
  }

  /** Lets the drill follow its scenario no longer, and put everything back. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Goes through the drill, and tells where it is; never rejects. */
  async run(onChange: (course: DrillCourse) => void): Promise<DrillCourse> {
    this.#listening.add(() => onChange(this.#course));
    const { now, onProblem, notes } = this.#parts;
    let why: string | null = null;
    try {
      why = (await this.#inject()) ?? (await this.#follow());
    } catch (error) {
      onProblem(error);
      why = messageOf(error);
    }
    this.#take({ type: "restoring", why });
    try {
      await this.#parts.follower.stop();
      await notes.settled();
      notes.dispose();
      this.#take({ type: "done", at: now(), left: await this.#parts.restore() });
    } catch (error) {
      onProblem(error);
      this.#take({ type: "done", at: now(), left: null, why: `it could not be put back: ${messageOf(error)}` });
    }
    return this.#course;
  }

  dispose(): void {
    this.#stopping.abort();
    this.#listener.dispose();
    this.#listening.clear();
  }

  /** Breaks it; gives why nothing can be followed then, null where it can. */
  async #inject(): Promise<string | null> {
    const { plan, guided, runner, now } = this.#parts;
    const { signal } = this.#stopping;
    await this.#until(() => guided.isLive && guided.workloads.length > 0, watchingMs);
    if (signal.aborted) return stopped;
    if (!guided.isLive || guided.workloads.length === 0) return "the workloads of the scenario could not be followed";
    if (guided.clock.state.state !== "waiting") return "something else was in trouble before";
    const agreed = [plan.injection.plan];
    this.#take({ type: "injecting", at: now() });
    const preparing = { signal, say: () => {} };
    const execution = await runner.run(plan.injection, { verb: "Run Drill", preparing, agreed });
    if (!execution) return signal.aborted ? stopped : "the failure was not injected";
    const result = await this.#unlessStopped(execution);
    if (signal.aborted) return stopped;
    if (result.exitCode !== 0) return "the failure could not be injected";
    this.#take({ type: "injected" });
    return null;
  }

  async #unlessStopped(execution: Execution) {
    const stop = () => void execution.stop(patientStop).catch(this.#parts.onProblem);
    const { signal } = this.#stopping;
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    try {
      return await execution.ended;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Follows the scenario to its end; gives why it did not come to it, null where it did. */
  async #follow(): Promise<string | null> {
    const { plan, guided, follower, onProblem } = this.#parts;
    for (let detected = false; ; ) {
      const { phase } = this.#course;
      if (phase !== "detecting" && !detected) {
        detected = true;
        if (plan.way !== "with-me") follower.detect().catch(onProblem);
      }
      await this.#untilOtherThan(phase);
      if (this.#stopping.signal.aborted) return stopped;
      if (guided.isOver) return "its scenario was ended";
      if (this.#course.recoveredAt !== null) return null;
      if (this.#hasFailed) return "the validation did not succeed";
      if (this.#course.phase !== phase) continue;
      const late = this.#tooLate();
      if (late !== null) return late;
      this.#take({ type: "intervening", at: this.#parts.now() });
      follower.intervene().catch(onProblem);
    }
  }

  /** The time of a phase is over: why the drill ends; null where interventions are left to try. */
  #tooLate(): string | null {
    switch (this.#course.phase) {
      case "detecting":
        return "nothing was seen of it";
      case "recovering":
        return this.#parts.plan.interventions.length > 0 ? null : "it did not recover by itself in time";
      case "validating":
        return "the validation took too long";
      default:
        return "it did not recover in time";
    }
  }

  /** With a person, only they know when to go on; the validation can be tried again by them. */
  get #hasFailed(): boolean {
    return this.#parts.plan.way !== "with-me" && this.#parts.guided.validationFailed;
  }

  /** Waits until the drill is in another phase or recovered, or the time of the phase is over. */
  #untilOtherThan(phase: DrillCourse["phase"]): Promise<void> {
    const { plan } = this.#parts;
    const isOther = () => this.#course.phase !== phase || this.#course.recoveredAt !== null || this.#hasFailed;
    const own = plan.way === "with-me" && phase !== "detecting";
    return this.#until(isOther, own ? null : patienceMs(this.#course, plan.scenario.expectedRecoverySeconds));
  }

  /** Waits until something is so, the time (ms, null for any) is over, or the drill or its scenario is stopped. */
  async #until(isSo: () => boolean, ms: number | null): Promise<void> {
    const { signal } = this.#stopping;
    const isOver = () => signal.aborted || this.#parts.guided.isOver || isSo();
    if (isOver()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (isOver()) resolve();
    };
    this.#listening.add(look);
    const timer = ms === null ? undefined : setTimeout(resolve, ms);
    signal.addEventListener("abort", look);
    try {
      await promise;
    } finally {
      this.#listening.delete(look);
      clearTimeout(timer);
      signal.removeEventListener("abort", look);
    }
  }

  #look(): void {
    // What the clock shows before the failure is not the drill's.
    if (this.#course.injectedAt !== null) this.#take({ type: "clock", state: this.#parts.guided.clock.state });
    else this.#tellAll();
  }

  #take(event: DrillEvent): void {
    const before = this.#course;
    this.#course = nextCourse(before, event);
    const { injectedAt, detectedAt } = this.#course;
    if (before.detectedAt === null && detectedAt !== null && injectedAt !== null) {
      this.#parts.tell(`Detected ${secondsWords(Math.max(0, detectedAt - injectedAt) / 1000)} after the failure began`);
    }
    if (before.phase !== this.#course.phase && this.#course.phase === "intervening") {
      this.#parts.tell("It did not recover by itself: the runbook's interventions run");
    }
    if (before.phase !== "restoring" && this.#course.phase === "restoring") {
      this.#parts.tell(`Everything is put back${this.#course.why === null ? "" : `: ${this.#course.why}`}`);
    }
    this.#tellAll();
  }

  #tellAll(): void {
    for (const listener of [...this.#listening]) listener();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
