import { lstat, open, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ownIdentity, presenceOf } from "./processIdentity.ts";
import { outputName, readRun, recordName, runIds, type StoredRun } from "./recordReader.ts";
import { type EndedProcesses, endRunProcesses } from "./runProcesses.ts";
import type { RunEnded, RunRecord } from "./runRecord.ts";

/** What recovery needs from its surroundings. */
export interface RecoveryOptions {
  /** The journal's folder. */
  readonly folder: string;
  /** Told, for a person, where a run could not be recovered: the next start tries again. */
  readonly onProblem: (message: string) => void;
}

/** A run that was cut off when its editor or CLI was killed. */
export interface InterruptedRun {
  readonly record: RunRecord;
  readonly processes: EndedProcesses;
}

/** Where `createRunFolder` puts the private files of a run. */
const privateFolder = /^podbook-run-/;

/**
 * Brings the runs to their end whose owner is gone: their processes are ended, their private folders removed, and their
 * records closed as `interrupted`. Runs of a living owner, and of owners who cannot be seen from here, are left alone.
 * Raises what the system says where the journal cannot be read.
 */
export async function recoverRuns({ folder, onProblem }: RecoveryOptions): Promise<InterruptedRun[]> {
  const open: [id: string, run: StoredRun][] = [];
  // One after the other: of thousands of runs, all but a few have ended.
  for (const id of await runIds(folder)) {
    const run = await readRun(folder, id);
    if (run && !run.record.ended && run.owner) open.push([id, run]);
  }
  const recovered = await Promise.all(
    open.map(async ([id, run]) => {
      try {
        return await recoverRun(folder, id, run);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        onProblem(`A run that was interrupted cannot be tidied up (${why}). The next start tries again.`);
        return null;
      }
    }),
  );
  return recovered.filter((run) => run !== null);
}

async function recoverRun(folder: string, id: string, run: StoredRun): Promise<InterruptedRun | null> {
  if (!run.owner || (await presenceOf(run.owner)) !== "gone") return null;
  const processes = await endProcesses(run);
  await removePrivateFolder(run);
  // Another window may have done the same meanwhile; then it tells of it.
  if ((await readRun(folder, id))?.record.ended !== null) return null;
  const ended = await interrupted(folder, id, run, processes);
  const record = await open(join(folder, id, recordName), "a");
  try {
    // On a line of its own: the last one may have been torn by the kill.
    await record.write(`\n${JSON.stringify(ended)}\n`);
  } finally {
    await record.close();
  }
  return { record: { ...run.record, ended }, processes };
}

/** Nothing that ran before the machine was last started still runs. */
async function endProcesses({ owner, prepared, spawned }: StoredRun): Promise<EndedProcesses> {
  if (owner?.boot !== (await ownIdentity()).boot) return "none";
  return endRunProcesses({ leader: spawned, folder: spawned?.folder ?? prepared?.folder ?? null });
}

/** It holds a kubeconfig. Nothing is removed that is not a folder of this user with the name of a run's. */
async function removePrivateFolder({ prepared, spawned }: StoredRun): Promise<void> {
  const path = prepared?.folder ?? spawned?.folder;
  if (path === undefined || !privateFolder.test(basename(path))) return;
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found?.isDirectory() && found.uid === process.getuid?.()) await rm(path, { recursive: true, force: true });
}

async function interrupted(
  folder: string,
  id: string,
  { record, outputBytes }: StoredRun,
  processes: EndedProcesses,
): Promise<RunEnded> {
  const files = await Promise.all([recordName, outputName].map((name) => stat(join(folder, id, name))));
  // The last sign of life is the nearest that is known of its end.
  const at = Math.round(Math.max(record.start.at, ...files.map(({ mtimeMs }) => mtimeMs)));
  return {
    type: "ended",
    at,
    outcome: "interrupted",
    exitCode: null,
    signal: null,
    durationMs: at - record.start.at,
    leftRunning: processes === "left",
    problem: "The editor or podbook ended before the run did.",
    outputBytes,
  };
}
