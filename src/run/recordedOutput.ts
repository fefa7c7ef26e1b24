import { Redactor, redactText } from "../journal/redaction.ts";
import type { RunEntry, RunJournal } from "../journal/runRecord.ts";
import type { Plan } from "../plan/plan.ts";
import type { CommandProgress } from "./commandProgress.ts";
import type { OutputBytes } from "./outputQueue.ts";
import type { RunViewer, View } from "./planExecutor.ts";
import type { PreparedRun } from "./preparedRun.ts";
import type { RunResult } from "./runResult.ts";

/** What the record of a run begins with. */
export interface RecordOptions {
  readonly prepared: PreparedRun;
  readonly journal: RunJournal;
  /** Are masked wherever they turn up. */
  readonly secrets: readonly string[];
  readonly view: View;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** The output of one run on its way: secrets are masked, it is written into the journal, and shown when it is there. */
export class RecordedOutput {
  /** The plan as it is shown and written down. */
  readonly plan: Plan;
  readonly #entry: RunEntry;
  readonly #viewer: RunViewer;
  readonly #secrets: readonly string[];
  readonly #now: () => number;
  /** One for each stream, for a secret can come in parts. */
  #redactors = new Map<OutputBytes["stream"], Redactor>();
  #bytes = 0;

  private constructor(plan: Plan, entry: RunEntry, viewer: RunViewer, { secrets, now }: RecordOptions) {
    this.plan = plan;
    this.#entry = entry;
    this.#viewer = viewer;
    this.#secrets = secrets;
    this.#now = now;
  }

  static async begin(options: RecordOptions): Promise<RecordedOutput> {
    const { prepared, journal, secrets, view, now } = options;
    const { origin } = prepared;
    const plan = maskedPlan(prepared.plan, secrets);
    const { title, target, directory, script, effect } = plan;
    const entry = await journal.begin({
      at: now(),
      title,
      origin: { ...origin, command: origin.command === null ? null : redactText(origin.command, secrets) },
      target,
      directory,
      script,
      commands: plan.commands.map(({ line, endLine, text, effect }) => ({ line, endLine, text, effect })),
      effect,
    });
    return new RecordedOutput(plan, entry, view(entry.id, plan), options);
  }

  prepared(folder: string): Promise<void> {
    return this.#entry.prepared(folder);
  }

  spawned(pid: number, folder: string): Promise<void> {
    return this.#entry.spawned(pid, folder);
  }

  async output(output: OutputBytes): Promise<void> {
    const redactor = this.#redactors.get(output.stream) ?? new Redactor(this.#secrets);
    this.#redactors.set(output.stream, redactor);
    await this.#take(output.stream, redactor.write(output.bytes));
    await this.#viewer.unmasked?.(output);
  }

  async command(progress: CommandProgress): Promise<void> {
    await this.#releaseHeld();
    await this.#entry.command({ ...progress, at: this.#now(), offset: this.#bytes });
    await this.#viewer.command(progress);
  }

  async end(result: RunResult): Promise<void> {
    await this.#releaseHeld();
    const { outcome, exitCode, signal, durationMs, leftRunning, problem } = result;
    const ended = { outcome, exitCode, signal, durationMs, leftRunning, problem };
    await this.#entry.end({ ...ended, at: this.#now(), outputBytes: this.#bytes });
    await this.#viewer.end(result);
  }

  /** What could still have become a secret has not: nothing goes on across the end of a command. */
  async #releaseHeld(): Promise<void> {
    const redactors = this.#redactors;
    this.#redactors = new Map();
    for (const [stream, redactor] of redactors) await this.#take(stream, redactor.end());
  }

  async #take(stream: OutputBytes["stream"], masked: Uint8Array): Promise<void> {
    if (masked.length === 0) return;
    const bytes = Buffer.from(masked.buffer, masked.byteOffset, masked.byteLength);
    await this.#entry.output(bytes);
    this.#bytes += bytes.length;
    await this.#viewer.output({ stream, bytes });
  }
}

/** A plan as it may be shown and written down. */
function maskedPlan(plan: Plan, secrets: readonly string[]): Plan {
  const safe = (text: string) => redactText(text, secrets);
  const commands = plan.commands.map((command) => ({ ...command, text: safe(command.text) }));
  return { ...plan, title: safe(plan.title), script: safe(plan.script), commands };
}
