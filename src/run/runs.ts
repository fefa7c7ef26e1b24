import { Run, type RunOptions } from "./run.ts";
import { RunGuardian } from "./runGuardian.ts";
import type { StoppedRun } from "./stopReport.ts";
import type { StopTimes } from "./stopTimes.ts";

/** Every run that still has a process, so that each has an owner until its end, and a guardian should the owner die. */
export class Runs {
  readonly #runs = new Map<Run, { group: number | undefined }>();
  readonly #guardian = new RunGuardian();

  /** Starts a plan at once. */
  start(options: RunOptions): Run {
    const kept: { group: number | undefined } = { group: undefined };
    const onSpawned = (pid: number, folder: string) => {
      kept.group = pid;
      this.#guardian.watch(pid, folder);
      return options.onSpawned?.(pid, folder);
    };
    const run = new Run({ ...options, onSpawned });
    this.#runs.set(run, kept);
    void run.ended.then(({ leftRunning }) => {
      if (!leftRunning) this.#forget(run);
    });
    return run;
  }

  /** Ends all runs, and what ended runs left working in the background; gives what was ended. */
  async stopAll(times: StopTimes): Promise<StoppedRun[]> {
    const stopped = [...this.#runs.keys()];
    await Promise.all(stopped.map((run) => run.stop(times)));
    const results = await Promise.all(stopped.map((run) => run.ended));
    for (const run of stopped) this.#forget(run);
    return stopped.flatMap(({ plan }, index) => {
      const result = results[index];
      return result ? [{ plan, result }] : [];
    });
  }

  /** For when nothing is started any more; what still runs is ended. */
  dispose(): void {
    this.#guardian.dispose();
  }

  #forget(run: Run): void {
    const group = this.#runs.get(run)?.group;
    if (group !== undefined) this.#guardian.release(group);
    this.#runs.delete(run);
  }
}
