import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ProcessIdentity } from "./processIdentity.ts";
import type { RunEvent, RunIncomplete, RunPrepared, RunRecord, RunSpawned } from "./runRecord.ts";

/** A run as the journal has it, with what only its end needs. */
export interface StoredRun {
  readonly record: RunRecord;
  /** Null where the line is missing. */
  readonly owner: ProcessIdentity | null;
  readonly prepared: RunPrepared | null;
  readonly spawned: RunSpawned | null;
  /** Bytes of output on disk. */
  readonly outputBytes: number;
}

/** The files of a run's folder. */
export const recordName = "record.jsonl";
export const outputName = "output";

const idForm = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

/** Whether a name is that of a run's folder. */
export function isRunId(name: string): boolean {
  return idForm.test(name);
}

/** The ids of the runs in a journal's folder, the oldest first; none where the folder does not exist. */
export async function runIds(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter(isRunId).sort();
}

/** The names in a folder; none where it does not exist. Raises what else the system says. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await unlessGone(readdir(folder))) ?? [];
}

/** Undefined where there is no such run (any more). Raises what the system says. */
export async function readRun(folder: string, id: string): Promise<StoredRun | undefined> {
  if (!isRunId(id)) return undefined;
  const [text, output] = await Promise.all([
    unlessGone(readFile(join(folder, id, recordName), "utf8")),
    unlessGone(stat(join(folder, id, outputName))),
  ]);
  return text === undefined ? undefined : storedRun(text, output?.size ?? 0);
}

/** Undefined where the text does not begin as a record does; lines that were torn are left out. */
function storedRun(text: string, outputBytes: number): StoredRun | undefined {
  const [start, ...events] = text.split("\n").flatMap(parseLine);
  if (start?.type !== "start") return undefined;
  const one = <T extends RunEvent["type"]>(type: T) =>
    events.find((event): event is Extract<RunEvent, { type: T }> => event.type === type) ?? null;
  const ended = one("ended");
  const commands = events.filter((event) => event.type === "begin" || event.type === "end");
  const incomplete = one("incomplete") ?? missingOutput(ended, outputBytes);
  return {
    record: { start, commands, ended, incomplete },
    owner: one("owned")?.owner ?? null,
    prepared: one("prepared"),
    spawned: one("spawned"),
    outputBytes,
  };
}

function parseLine(line: string): RunEvent[] {
  if (line === "") return [];
  try {
    return [JSON.parse(line) as RunEvent];
  } catch {
    // A line that was torn by a kill or a full disk: those behind it begin on a new line.
    return [];
  }
}

/** A full disk may have taken the line that says so, too. */
function missingOutput(ended: RunRecord["ended"], kept: number): RunIncomplete | null {
  if (!ended || ended.outputBytes <= kept) return null;
  return { type: "incomplete", at: ended.at, offset: kept, problem: "The rest of the output could not be written." };
}

/** Undefined where the file is not there (any more). Raises what else the system says. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
