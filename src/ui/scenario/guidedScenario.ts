import { EventEmitter, type TextDocument } from "vscode";
import type { NamespaceWatch } from "../../cluster/namespaceWatch.ts";
import { healthOf } from "../../cluster/workloadHealth.ts";
import type { Target } from "../../plan/plan.ts";
import { RecoveryClock } from "../../recovery/recoveryClock.ts";
import { type ScenarioStep, scenarioWorkloads, validationBlocks } from "../../recovery/scenarioSteps.ts";
import type { RunResult } from "../../run/runResult.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { Scenario } from "../../runbook/scenarios.ts";

/** A validation that fails right after the pods are ready is tried again after this time, in ms. */
const againMs = 5000;
const mostAttempts = 6;

/** What a guided scenario works with. */
export interface GuidedScenarioParts {
  readonly document: TextDocument;
  readonly scenario: Scenario;
  readonly steps: readonly ScenarioStep[];
  readonly target: Target;
  /** Opens the watch of the target's namespace. */
  readonly watch: (onChange: () => void) => NamespaceWatch;
  /** Runs a block that only reads; null where it did not run. Blocks that do more are left out. */
  readonly runRead: (block: Block) => Promise<RunResult | "left-out" | null>;
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
}

/** One scenario that a person goes through, with the clock of its recovery. */
export class GuidedScenario {
  readonly #parts: GuidedScenarioParts;
  readonly #clock = new RecoveryClock();
  readonly #changed = new EventEmitter<void>();
  readonly #done = new Set<number>();
  readonly #watch: NamespaceWatch;
  readonly onDidChange = this.#changed.event;
  #names: readonly string[] = [];
  /** Those of its workloads that wanted pods when it began. */
  #serving: ReadonlySet<string> = new Set();
  #attempts = 0;
  #validating = false;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(parts: GuidedScenarioParts) {
    this.#parts = parts;
    this.#watch = parts.watch(() => this.#look());
  }

  get document(): TextDocument {
    return this.#parts.document;
  }

  get scenario(): Scenario {
    return this.#parts.scenario;
  }

  get steps(): readonly ScenarioStep[] {
    return this.#parts.steps;
  }

  get target(): Target {
    return this.#parts.target;
  }

  get clock(): RecoveryClock {
    return this.#clock;
  }

  /** The workloads that it is about; empty while they are not known. */
  get workloads(): readonly string[] {
    return this.#names;
  }

  /** Whether the cluster is followed at this moment; where not, the clock cannot tell. */
  get isLive(): boolean {
    return this.#watch.freshness.state === "live";
  }

  /** Whether the validation was tried as often as it is tried by itself, and has not succeeded. */
  get validationFailed(): boolean {
    return this.#attempts >= mostAttempts && this.#clock.state.state === "validating";
  }

  /** Whether nobody goes through it any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the person has ticked off the note on a line. */
  isDone(line: number): boolean {
    return this.#done.has(line);
  }

  tick(line: number, done: boolean): void {
    if (done) this.#done.add(line);
    else this.#done.delete(line);
    this.#changed.fire();
  }

  /** A command that changes something was started. */
  changing(): void {
    this.#clock.changing(this.#parts.now());
  }

  /** Tries the validation now. */
  validateAgain(): void {
    this.#attempts = 0;
    this.#validateSoon(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watch.dispose();
    this.#isOver = true;
    this.#changed.fire();
    this.#changed.dispose();
  }

  #look(): void {
    const workloads = this.#watch.workloads();
    if (this.#watch.freshness.state === "live") {
      const blocks = this.steps.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === "block" ? [part.block] : [])),
      );
      if (this.#names.length === 0) {
        this.#names = scenarioWorkloads(
          blocks,
          workloads.map(({ name }) => name),
        );
        this.#serving = new Set(workloads.filter(({ desired }) => desired !== 0).map(({ name }) => name));
      }
      if (this.#names.length > 0) {
        this.#clock.observe(healthOf(workloads, this.#names, this.#parts.now(), this.#serving));
      }
      if (this.#clock.state.state === "validating" && !this.#validating && this.#timer === undefined) {
        this.#attempts = 0;
        this.#validateSoon(0);
      }
    }
    this.#changed.fire();
  }

  #validateSoon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#validate().catch(this.#parts.onProblem), ms);
  }

  async #validate(): Promise<void> {
    if (this.#validating || this.#clock.state.state !== "validating") {
      this.#timer = undefined;
      return;
    }
    this.#validating = true;
    this.#attempts++;
    const succeeded = await this.#readsSucceed();
    this.#validating = false;
    this.#timer = undefined;
    if (succeeded) this.#clock.validated(this.#parts.now());
    else if (this.#attempts < mostAttempts) this.#validateSoon(againMs);
    this.#changed.fire();
  }

  async #readsSucceed(): Promise<boolean> {
    for (const block of validationBlocks(this.steps)) {
      const result = await this.#parts.runRead(block);
      if (result !== "left-out" && result?.exitCode !== 0) return false;
    }
    return true;
  }
}
