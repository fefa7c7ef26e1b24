import { type Disposable, EventEmitter } from "vscode";
import { type Agreement, isAgreed } from "../plan/agreement.ts";
import type { Plan } from "../plan/plan.ts";
import { canMark } from "../run/commandMarks.ts";
import type { Execution, ExecutionOptions, PlanExecutor, View } from "../run/planExecutor.ts";
import type { PreparedRun } from "../run/preparedRun.ts";
import { stopReport } from "../run/stopReport.ts";
import type { StopTimes } from "../run/stopTimes.ts";
import { changedTargets, type TargetQueue } from "../run/targetQueue.ts";
import { followRun } from "./endNotice.ts";
import type { Preparing } from "./lens/blockRuns.ts";
import type { OutputPanel } from "./output/outputPanel.ts";
import { confirmPlan } from "./prompts/confirmPlan.ts";
import { confirmsReads, protectedContexts } from "./settings.ts";

/** What plans are run with. */
export interface PlanRunnerParts {
  readonly executor: PlanExecutor;
  readonly queue: TargetQueue;
  readonly panel: OutputPanel;
  /** What a prepared plan hits now. */
  readonly recount: (prepared: PreparedRun) => Promise<PreparedRun>;
}

/** What a person said to a plan that was shown to them. */
export interface Decision {
  readonly agreed: boolean;
  readonly prepared: PreparedRun;
}

/** How a plan is run. */
export interface RunWishes extends ExecutionOptions {
  /** The word on the button that says yes. */
  readonly verb: string;
  readonly preparing: Preparing;
  /** What the person has agreed to already, and is not asked again. */
  readonly agreed?: readonly Agreement[];
  /** Why it is asked, as a sentence with a space behind it. */
  readonly because?: string;
}

/** Asks where a plan changes something, waits for its turn, and runs it with its output in the panel. */
export class PlanRunner {
  readonly #parts: PlanRunnerParts;
  readonly #started = new EventEmitter<Execution>();
  readonly #decided = new EventEmitter<Decision>();
  /** A run has begun. */
  readonly onDidStart = this.#started.event;
  /** A person has agreed to a plan that changes something, or declined it. */
  readonly onDidDecide = this.#decided.event;
  readonly #beforeChanges = new Set<(plan: Plan) => Promise<void>>();
  /** The plans that wait for their turn. */
  readonly #waiting = new Map<AbortController, string>();

  constructor(parts: PlanRunnerParts) {
    this.#parts = parts;
  }

  /** Has something done before each plan begins that changes something; the plan waits for it. Ends when it is disposed. */
  beforeChange(act: (plan: Plan) => Promise<void>): Disposable {
    this.#beforeChanges.add(act);
    return { dispose: () => this.#beforeChanges.delete(act) };
  }

  /** Runs a prepared plan; null where the person said no, or stopped it before it began. */
  async run(prepared: PreparedRun, wishes: RunWishes): Promise<Execution | null> {
    const { verb, preparing, agreed = [], because, ...options } = wishes;
    const known = isAgreed(prepared.plan, agreed);
    if (!known && !(await this.ask(prepared, verb, because))) return null;
    const leave = await this.#takeTurn(prepared, known ? null : verb, preparing);
    if (!leave) return null;
    try {
      const { plan } = prepared;
      if (plan.effect !== "read") await Promise.all([...this.#beforeChanges].map((act) => act(plan)));
      if (preparing.signal.aborted) {
        leave();
        return null;
      }
      const execution = await this.#start(prepared, options);
      void execution.ended.then(leave);
      this.#started.fire(execution);
      void followRun(execution);
      return execution;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Whether a plan may run: at once where it only reads, else as the person says. */
  async ask(prepared: PreparedRun, verb: string, because?: string): Promise<boolean> {
    if (prepared.plan.effect === "read" && !confirmsReads()) return true;
    const agreed = await this.#confirm(prepared, verb, because);
    this.#decided.fire({ agreed, prepared });
    return agreed;
  }

  /**
   * Ends all runs and what waits for its turn; gives what that did, for a person. `notBegun` are the titles of what
   * others have kept from beginning.
   */
  async stopAll(times: StopTimes, notBegun: readonly string[]): Promise<string> {
    const neverStarted = [...this.#waiting.values(), ...notBegun];
    for (const waiting of this.#waiting.keys()) waiting.abort();
    return stopReport(await this.#parts.executor.stopAll(times), neverStarted);
  }

  dispose(): void {
    this.#started.dispose();
    this.#decided.dispose();
  }

  /**
   * Waits until no other run changes the plan's targets; what it hits is counted again then, and asked again if it differs,
   * unless `verb` is null.
   */
  async #takeTurn(
    prepared: PreparedRun,
    verb: string | null,
    { signal, say }: Preparing,
  ): Promise<(() => void) | null> {
    const own = new AbortController();
    this.#waiting.set(own, prepared.plan.title);
    let waited = false;
    try {
      signal.throwIfAborted();
      const leave = await this.#parts.queue.enter(
        changedTargets(prepared.plan),
        AbortSignal.any([signal, own.signal]),
        (ahead) => {
          waited = true;
          say(ahead === 1 ? "waits for another run" : `waits for ${ahead} other runs`);
        },
      );
      if (!waited || verb === null || (await this.#stillAgreed(prepared, verb))) return leave;
      leave();
      return null;
    } catch (error) {
      if (signal.aborted || own.signal.aborted) return null;
      throw error;
    } finally {
      this.#waiting.delete(own);
    }
  }

  async #stillAgreed(prepared: PreparedRun, verb: string): Promise<boolean> {
    const now = await this.#parts.recount(prepared);
    const same = JSON.stringify(now.preview) === JSON.stringify(prepared.preview);
    return same || this.#confirm(now, verb, "What it hits has changed while it waited. ");
  }

  #confirm({ plan, preview }: PreparedRun, verb: string, because = ""): Promise<boolean> {
    return confirmPlan(plan, preview, { verb, because, protectedPatterns: protectedContexts() });
  }

  #start(prepared: PreparedRun, options: ExecutionOptions): Promise<Execution> {
    const { executor, panel } = this.#parts;
    const { script, commands } = prepared.plan;
    const view: View = (id, plan) => {
      const output = panel.begin(plan, new Date(), !options.onStep && canMark(script, commands), id);
      panel.show();
      return output;
    };
    return executor.start(prepared, view, options);
  }
}
