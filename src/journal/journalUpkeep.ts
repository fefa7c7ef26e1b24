import { type Pruned, pruneRuns } from "./pruneRuns.ts";
import { type InterruptedRun, recoverRuns } from "./recoverRuns.ts";

/** How much of a journal is kept. */
export interface KeptRuns {
  /** Runs that ended longer ago are removed. */
  readonly days: number;
  /** The oldest runs are removed until the rest is no larger. In units of 1,000,000 bytes. */
  readonly megabytes: number;
}

/** What keeping a journal tidy needs. */
export interface UpkeepOptions {
  /** The journal's folder. */
  readonly folder: string;
  readonly kept: KeptRuns;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Told the runs that a kill had cut off, where there are any, as soon as they are at their end. */
  readonly onInterrupted: (runs: readonly InterruptedRun[]) => void;
  /** Told, for a person, what could not be done; the next start tries again. */
  readonly onProblem: (message: string) => void;
}

/** The defaults, also of the settings. */
export const keptByDefault: KeptRuns = { days: 30, megabytes: 500 };

/** Brings cut-off runs to their end, then removes old ones; gives what was removed. Never rejects. */
export async function tidyJournal({ folder, kept, now, onInterrupted, onProblem }: UpkeepOptions): Promise<Pruned> {
  try {
    const interrupted = await recoverRuns({ folder, onProblem });
    if (interrupted.length > 0) onInterrupted(interrupted);
    return await pruneRuns({ folder, now: now(), maxAgeDays: kept.days, maxSizeMb: kept.megabytes });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    onProblem(`The run journal in ${folder} cannot be tidied up (${why}). See that you own this folder.`);
    return { tooOld: 0, tooLarge: 0, bytes: 0 };
  }
}

/** For a person: `1 run was interrupted when the editor was closed: Detection`. `owner`: what was closed. */
export function interruptionText(runs: readonly InterruptedRun[], owner: string): string {
  const titles = [...new Set(runs.map(({ record }) => record.start.title))];
  const shown = titles.length > 3 ? [...titles.slice(0, 3), "…"] : titles;
  const count = runs.length === 1 ? "1 run was" : `${runs.length} runs were`;
  const left = runs.some(({ processes }) => processes === "left") ? ". Some of its processes may still be running" : "";
  return `${count} interrupted when ${owner} was closed: ${shown.join(", ")}${left}`;
}

/** For a person: `kept 30 days, at most 500 MB; 3 removed today`. */
export function keptText({ days, megabytes }: KeptRuns, removedToday: number): string {
  const removed = removedToday > 0 ? `; ${removedToday} removed today` : "";
  return `kept ${days} ${days === 1 ? "day" : "days"}, at most ${megabytes} MB${removed}`;
}
