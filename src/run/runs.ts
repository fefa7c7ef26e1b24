import { Run, type RunOptions } from "./run.ts";
import type { StoppedRun } from "./stopReport.ts";
import type { StopTimes } from "./stopTimes.ts";

/** Every run that still has a process, so that each has an owner until its end. */
export class Runs {
  readonly #runs = new Set<Run>();

  /** Starts a plan at once. */
  start(options: RunOptions): Run {
    const run = new Run(options);
    this.#runs.add(run);
    void run.ended.then(({ leftRunning }) => {
      if (!leftRunning) this.#runs.delete(run);
    });
    return run;
  }

  /** Ends all runs, and what ended runs left working in the background; gives what was ended. */
  async stopAll(times: StopTimes): Promise<StoppedRun[]> {
    const stopped = [...this.#runs];
    await Promise.all(stopped.map((run) => run.stop(times)));
    const results = await Promise.all(stopped.map((run) => run.ended));
    for (const run of stopped) this.#runs.delete(run);
    return stopped.flatMap(({ plan }, index) => {
      const result = results[index];
      return result ? [{ plan, result }] : [];
    });
  }
}
