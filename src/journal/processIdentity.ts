import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

/** A process, told apart from every other that has or will ever have the same process id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Compared, never read: clock ticks since boot on Linux, the date that `ps` shows on macOS. */
  readonly startTime: string;
  /** Of the time since the machine was last started. */
  readonly boot: string;
  /** A hash of the machine's id; empty where it has none. A home folder can be shared by machines. */
  readonly machine: string;
  /** The process ids of a container mean nothing outside of it; empty on macOS. */
  readonly namespace: string;
}

/** `unknown`: it cannot be told from here, as for a process of another container or machine. */
export type Presence = "alive" | "gone" | "unknown";

type Place = Pick<ProcessIdentity, "boot" | "machine" | "namespace">;

/** The identity of this process. Raises what the system says. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const [place, startTime] = await Promise.all([readPlace(), readStartTime(process.pid)]);
  return { pid: process.pid, startTime: startTime ?? "", ...place };
}

/** Whether a process still works; one that has ended and was not yet reaped does not. */
export async function presenceOf(identity: ProcessIdentity): Promise<Presence> {
  const here = await readPlace();
  if (here.machine !== identity.machine) return "unknown";
  if (here.boot !== identity.boot) return "gone";
  if (here.namespace !== identity.namespace) return "unknown";
  return (await readStartTime(identity.pid)) === identity.startTime ? "alive" : "gone";
}

/** When a process of this machine was started, as `ProcessIdentity` has it; null where it does not work (any more). */
export async function readStartTime(pid: number): Promise<string | null> {
  if (process.platform !== "linux") return (await ask("ps", ["-o", "lstart=", "-p", String(pid)])) || null;
  const stat = await readOrNull(`/proc/${pid}/stat`);
  const found = stat === null ? null : parseStat(stat);
  return found === null || found.state === "Z" || found.state === "X" ? null : found.startTime;
}

/** A line of /proc/PID/stat (proc_pid_stat(5)). */
export interface ProcessStat {
  readonly state: string;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
}

/** Reads /proc/PID/stat. The program's name, in parentheses, may hold anything: the fields are counted from its end. */
export function parseStat(stat: string): ProcessStat {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state = "", , group, session] = fields;
  return { state, group: Number(group), session: Number(session), startTime: fields[19] ?? "" };
}

async function readPlace(): Promise<Place> {
  if (process.platform !== "linux") {
    return { boot: await ask("sysctl", ["-n", "kern.bootsessionuuid"]), machine: "", namespace: "" };
  }
  const [boot, machine, namespace] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    readOrNull("/etc/machine-id"),
    readlink("/proc/self/ns/pid"),
  ]);
  // machine-id(5) asks not to write the id itself into files.
  const hash = machine ? createHash("sha256").update(`podbook ${machine.trim()}`).digest("hex").slice(0, 16) : "";
  return { boot: boot.trim(), machine: hash, namespace };
}

/** The text of a file of the system; null where it, or its process, is not there. */
async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH") return null;
    throw error;
  }
}

/** What a program prints, trimmed; empty where it ends with an error, as `ps` does for a process that is gone. */
async function ask(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, LC_ALL: "C" } });
    return stdout.trim();
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return "";
    throw error;
  }
}
