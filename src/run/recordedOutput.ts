import type { RunEntry, RunJournal } from "../journal/runRecord.ts";
import type { CommandProgress } from "./commandProgress.ts";
import type { OutputBytes } from "./outputQueue.ts";
import type { RunViewer } from "./planExecutor.ts";
import type { PreparedRun } from "./preparedRun.ts";
import type { RunResult } from "./runResult.ts";

/** What the record of a run begins with. */
export interface RecordOptions {
  readonly prepared: PreparedRun;
  readonly journal: RunJournal;
  readonly view: (id: string) => RunViewer;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** The output of one run on its way: written into the journal first, and shown when it is there. */
export class RecordedOutput {
  readonly #entry: RunEntry;
  readonly #viewer: RunViewer;
  readonly #now: () => number;
  #bytes = 0;

  private constructor(entry: RunEntry, viewer: RunViewer, now: () => number) {
    this.#entry = entry;
    this.#viewer = viewer;
    this.#now = now;
  }

  static async begin({ prepared, journal, view, now }: RecordOptions): Promise<RecordedOutput> {
    const { plan, origin } = prepared;
    const { title, target, directory, script, effect } = plan;
    const commands = plan.commands.map(({ line, endLine, text, effect }) => ({ line, endLine, text, effect }));
    const entry = await journal.begin({ at: now(), title, origin, target, directory, script, commands, effect });
    return new RecordedOutput(entry, view(entry.id), now);
  }

  prepared(folder: string): Promise<void> {
    return this.#entry.prepared(folder);
  }

  spawned(pid: number, folder: string): Promise<void> {
    return this.#entry.spawned(pid, folder);
  }

  async output(output: OutputBytes): Promise<void> {
    await this.#entry.output(output.bytes);
    this.#bytes += output.bytes.length;
    await this.#viewer.output(output);
  }

  async command(progress: CommandProgress): Promise<void> {
    await this.#entry.command({ ...progress, at: this.#now(), offset: this.#bytes });
    await this.#viewer.command(progress);
  }

  async end(result: RunResult): Promise<void> {
    const { outcome, exitCode, signal, durationMs, leftRunning, problem } = result;
    const ended = { outcome, exitCode, signal, durationMs, leftRunning, problem };
    await this.#entry.end({ ...ended, at: this.#now(), outputBytes: this.#bytes });
    await this.#viewer.end(result);
  }
}
