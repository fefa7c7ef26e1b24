import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { BedError } from "./errors.ts";

/** The environment variable every process of a bed carries: its state folder. */
export const processMark = "PODBOOK_BED";

/** What processes of a bed get as environment: little, and the mark they are found by. */
export function bedEnvironment(stateDir: string): NodeJS.ProcessEnv {
  const { PATH, LANG, TZ } = process.env;
  // The servers of a cluster collect garbage for a seventh of the time that they take to start.
  return { PATH, LANG, TZ, HOME: stateDir, GOGC: "400", [processMark]: stateDir };
}

/** A running process; the start time tells it from a later one with the same id. */
export interface RunningProcess {
  readonly pid: number;
  /** In clock ticks since boot. */
  readonly startTime: string;
  readonly parent: number;
  readonly session: number;
  readonly command: string;
}

/** Raises BedError `not-linux` where there is no /proc to tell processes apart with. */
export function requireProc(): void {
  if (existsSync("/proc/self/stat")) return;
  throw new BedError("not-linux", "The test bed needs Linux with /proc; run it in a Linux machine or container.");
}

/** The process with this id, or undefined when there is none or only a zombie. */
export function readProcess(pid: number): RunningProcess | undefined {
  const stat = readProc(pid, "stat");
  if (stat === undefined) return undefined;
  const open = stat.indexOf("(");
  const close = stat.lastIndexOf(")");
  const fields = stat.slice(close + 2).split(" ");
  const [state, parent, , session] = fields;
  const startTime = fields[19];
  if (state === "Z" || state === "X" || startTime === undefined) return undefined;
  return { pid, startTime, parent: Number(parent), session: Number(session), command: stat.slice(open + 1, close) };
}

/** Whether exactly this process still runs. */
export function stillRuns(process: RunningProcess): boolean {
  return readProcess(process.pid)?.startTime === process.startTime;
}

/**
 * The processes of the bed with this state folder: those that carry its mark, the members of their sessions and their
 * descendants (a program may overwrite its own environment, as PostgreSQL does). Never this process or its ancestors.
 */
export function bedProcesses(stateDir: string): RunningProcess[] {
  const all = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(Number(entry)) ?? []);
  const spared = ancestors(all, process.pid);
  const mark = `${processMark}=${stateDir}`;
  const found = new Map<number, RunningProcess>();
  const sessions = new Set<number>();
  for (const candidate of all) {
    if (spared.has(candidate.pid)) continue;
    if (readProc(candidate.pid, "environ")?.split("\0").includes(mark) !== true) continue;
    found.set(candidate.pid, candidate);
    // Only a session of the bed's own: what runs in the person's terminal shares theirs.
    if (candidate.session === candidate.pid) sessions.add(candidate.session);
  }
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const candidate of all) {
      if (spared.has(candidate.pid) || found.has(candidate.pid)) continue;
      if (sessions.has(candidate.session) || found.has(candidate.parent)) found.set(candidate.pid, candidate);
    }
  }
  return [...found.values()];
}

/** Ends these processes: asks first, forces those that remain after `graceMs`, and returns when all are gone. */
export async function endProcesses(processes: readonly RunningProcess[], graceMs: number): Promise<void> {
  signalAll(processes, "SIGTERM");
  if (await gone(processes, graceMs)) return;
  signalAll(processes, "SIGKILL");
  if (await gone(processes, 10_000)) return;
  const left = processes.filter(stillRuns).map(({ pid, command }) => `${pid} (${command})`);
  throw new BedError("timeout", `These processes do not end: ${left.join(", ")}. End them by hand with kill -9.`);
}

function signalAll(processes: readonly RunningProcess[], signal: NodeJS.Signals): void {
  for (const target of processes.filter(stillRuns)) {
    try {
      process.kill(target.pid, signal);
    } catch (error) {
      // It ended between the look and the signal.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

async function gone(processes: readonly RunningProcess[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  // No event tells of the end of a process that is not our child.
  while (processes.some(stillRuns)) {
    if (performance.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

function ancestors(all: readonly RunningProcess[], pid: number): Set<number> {
  const parents = new Map(all.map((entry) => [entry.pid, entry.parent]));
  const chain = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && at > 0 && !chain.has(at); at = parents.get(at))
    chain.add(at);
  return chain;
}

/** A file of /proc/PID, or undefined when the process is gone or another person's. */
function readProc(pid: number, file: "stat" | "environ"): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
