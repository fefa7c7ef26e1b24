import { Run, type RunOptions, type StopTimes } from "./run.ts";

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

  /** Ends all runs, and what ended runs left working in the background; gives how many there were. */
  async stopAll(times: StopTimes): Promise<number> {
    const stopped = [...this.#runs];
    await Promise.all(stopped.map((run) => run.stop(times)));
    await Promise.all(stopped.map((run) => run.ended));
    for (const run of stopped) this.#runs.delete(run);
    return stopped.length;
  }
}
