import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { unfinishedPrefix } from "./fileJournal.ts";
import { namesIn, readRun, runIds, unlessGone } from "./recordReader.ts";

/** How much of the journal is kept. */
export interface Retention {
  /** The journal's folder. */
  readonly folder: string;
  /** In ms since the epoch. */
  readonly now: number;
  /** Runs that ended longer ago are removed; Infinity for no limit. */
  readonly maxAgeDays: number;
  /** The oldest runs are removed until the rest is no larger; Infinity for no limit. In units of 1,000,000 bytes. */
  readonly maxSizeMb: number;
}

/** How many runs were removed, and why. */
export interface Pruned {
  readonly tooOld: number;
  readonly tooLarge: number;
  /** Bytes that their files had. */
  readonly bytes: number;
}

interface EndedRun {
  readonly id: string;
  readonly endedAt: number;
  readonly bytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const removedPrefix = ".removed-";
/** A folder that is still without its name after this time belongs to nobody. */
const unfinishedMs = 60 * 60 * 1000;

/**
 * Removes the oldest runs of a journal. A run without an end is never removed, whoever owns it: recovery ends it first.
 * Windows that prune one folder at the same time do each other no harm. Raises what the system says.
 */
export async function pruneRuns({ folder, now, maxAgeDays, maxSizeMb }: Retention): Promise<Pruned> {
  let tooOld = 0;
  let tooLarge = 0;
  let bytes = 0;
  const { ended, total } = await measure(folder);
  let left = total;
  for (const run of ended.toSorted((one, other) => one.endedAt - other.endedAt)) {
    const isOld = now - run.endedAt > maxAgeDays * dayMs;
    if (!isOld && left <= maxSizeMb * 1_000_000) continue;
    left -= run.bytes;
    if (!(await removeRun(folder, run.id))) continue;
    if (isOld) tooOld++;
    else tooLarge++;
    bytes += run.bytes;
  }
  await removeLeftovers(folder, now);
  return { tooOld, tooLarge, bytes };
}

/** The ended runs, and the bytes of all runs. */
async function measure(folder: string): Promise<{ ended: EndedRun[]; total: number }> {
  const ended: EndedRun[] = [];
  let total = 0;
  for (const id of await runIds(folder)) {
    const run = await readRun(folder, id);
    if (!run) continue;
    const bytes = await sizeOf(join(folder, id));
    total += bytes;
    if (run.record.ended) ended.push({ id, endedAt: run.record.ended.at, bytes });
  }
  return { ended, total };
}

/** The bytes of all files of a run: its full output as a document lies there too, unless it is the output itself. */
async function sizeOf(folder: string): Promise<number> {
  const files = await Promise.all((await namesIn(folder)).map((name) => unlessGone(stat(join(folder, name)))));
  const found = new Map(files.flatMap((file) => (file ? [[file.ino, file.size]] : [])));
  return [...found.values()].reduce((sum, size) => sum + size, 0);
}

/** It is gone at once for every reader; whether it was we who removed it. */
async function removeRun(folder: string, id: string): Promise<boolean> {
  const removed = join(folder, removedPrefix + id);
  try {
    await rename(join(folder, id), removed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  await rm(removed, { recursive: true, force: true });
  return true;
}

/** What a kill left behind: half-made and half-removed folders. */
async function removeLeftovers(folder: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const isLeft = name.startsWith(removedPrefix) || (name.startsWith(unfinishedPrefix) && (await isStale(path, now)));
    if (isLeft) await rm(path, { recursive: true, force: true });
  }
}

async function isStale(path: string, now: number): Promise<boolean> {
  const found = await unlessGone(stat(path));
  return found !== undefined && now - found.mtimeMs > unfinishedMs;
}
