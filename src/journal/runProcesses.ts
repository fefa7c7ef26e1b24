import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type ProcessStat, parseStat, readStartTime } from "./processIdentity.ts";

/** What is known of the processes of a run whose owner is gone. */
export interface RunProcesses {
  /** Leader of the run's session, and when it was started; null where bash was not known to have begun. */
  readonly leader: { readonly pid: number; readonly startTime: string | null } | null;
  /** The private folder of the run. Its name is random, so that who has it in its environment or open comes from the run. */
  readonly folder: string | null;
}

/** `left`: some work on which could not be ended, or could not be proven to be the run's. */
export type EndedProcesses = "none" | "ended" | "left";

interface Process extends ProcessStat {
  readonly pid: number;
}

const pollMs = 50;
const killAfterMs = 2000;
const giveUpAfterMs = 5000;

/**
 * Ends the processes that a run has left behind on this machine since its last start: SIGTERM, then SIGKILL. A process
 * id can have been given to somebody else since, so only what can be proven to be the run's is touched.
 */
export async function endRunProcesses(run: RunProcesses): Promise<EndedProcesses> {
  if (process.platform !== "linux") return endLeader(run);
  let left = await runsOwn(await workingProcesses(), run);
  const state = left.length > 0 ? "ended" : "none";
  signalAll(left, "SIGTERM");
  const begun = performance.now();
  while (left.length > 0) {
    const elapsed = performance.now() - begun;
    if (elapsed > giveUpAfterMs) return "left";
    if (elapsed >= killAfterMs) signalAll(left, "SIGKILL");
    await delay(pollMs);
    left = stillOwn(await workingProcesses(), left);
  }
  if (state === "ended") return state;
  return (await workingProcesses()).some(({ session }) => session === run.leader?.pid) ? "left" : "none";
}

/**
 * A session id is not given to anybody else while a process of the session is left: so the whole session is the run's as
 * soon as its leader or any member is. Where the leader is not known, it is found by the run's folder.
 */
async function runsOwn(all: readonly Process[], { leader, folder }: RunProcesses): Promise<Process[]> {
  if (leader) {
    const members = all.filter(({ session }) => session === leader.pid);
    const isLeaders = leader.startTime !== null && (await startOf(leader.pid)) === leader.startTime;
    return isLeaders || (await anyUses(members, folder)) ? members : [];
  }
  const leaders = all.filter(({ pid, session }) => pid === session);
  const own = await Promise.all(leaders.map(async (one) => ((await anyUses([one], folder)) ? [one.pid] : [])));
  return all.filter(({ session }) => own.flat().includes(session));
}

/** The processes of the same sessions, as long as one that was the run's is still there. */
function stillOwn(all: readonly Process[], before: readonly Process[]): Process[] {
  const known = all.filter((one) =>
    before.some(({ pid, startTime }) => pid === one.pid && startTime === one.startTime),
  );
  const sessions = new Set(known.map(({ session }) => session));
  return all.filter(({ session }) => sessions.has(session));
}

async function anyUses(processes: readonly Process[], folder: string | null): Promise<boolean> {
  if (folder === null) return false;
  const uses = await Promise.all(processes.map(({ pid }) => usesFolder(pid, folder)));
  return uses.includes(true);
}

async function usesFolder(pid: number, folder: string): Promise<boolean> {
  const environment = await readable(readFile(`/proc/${pid}/environ`, "latin1"));
  if (environment?.includes(`=${folder}/`)) return true;
  const files = (await readable(readdir(`/proc/${pid}/fd`))) ?? [];
  const open = await Promise.all(files.map((file) => readable(readlink(`/proc/${pid}/fd/${file}`))));
  return open.some((path) => path?.startsWith(`${folder}/`));
}

/** When the process with this id was started, also where it has ended and was not yet reaped. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readable(readFile(`/proc/${pid}/stat`, "utf8"));
  return stat === undefined ? undefined : parseStat(stat).startTime;
}

async function workingProcesses(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readable(readFile(`/proc/${pid}/stat`, "utf8"));
      return stat === undefined ? [] : [{ pid, ...parseStat(stat) }];
    }),
  );
  return found.flat().filter(({ state }) => state !== "Z" && state !== "X");
}

/** Undefined where the process is gone or belongs to somebody else. */
async function readable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(code)) return undefined;
    throw error;
  }
}

function signalAll(processes: readonly Process[], signal: "SIGTERM" | "SIGKILL"): void {
  for (const { pid } of processes) send(pid, signal);
}

/** Whether it was there. What has changed its user (sudo) cannot be ended by us. */
function send(pid: number, signal: "SIGTERM" | "SIGKILL"): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
    return false;
  }
}

/** Without /proc, the group can be proven to be the run's only while its leader lives. */
async function endLeader({ leader }: RunProcesses): Promise<EndedProcesses> {
  if (!leader || leader.startTime === null) return "none";
  const isOwn = async () => (await readStartTime(leader.pid)) === leader.startTime;
  if (!(await isOwn())) return "none";
  send(-leader.pid, "SIGTERM");
  const begun = performance.now();
  while (performance.now() - begun <= giveUpAfterMs) {
    await delay(pollMs);
    if (!(await isOwn())) return "ended";
    if (performance.now() - begun >= killAfterMs) send(-leader.pid, "SIGKILL");
  }
  return "left";
}
