import { readdirSync, readFileSync } from "node:fs";

/** Signals used on a group: they are sent in this order to what will not end. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGKILL";

/** The process group that a run's bash leads, by the process id of that bash. */
export class ProcessGroup {
  readonly #leader: number;

  constructor(leader: number) {
    this.#leader = leader;
  }

  /** Sends a signal to every process of the group. A group that is gone already is no error. */
  signal(signal: StopSignal): void {
    this.#send(signal);
  }

  /** Whether any process of the group still works; one that has ended and was not yet reaped does not count. */
  isAlive(): boolean {
    return this.#send(0) && (process.platform !== "linux" || hasWorkingMember(this.#leader));
  }

  #send(signal: StopSignal | 0): boolean {
    try {
      return process.kill(-this.#leader, signal);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ESRCH") return false;
      // A member that changed its user (sudo) cannot be signalled by us, but it is there.
      if (code === "EPERM") return true;
      throw error;
    }
  }
}

/** Signal 0 reaches zombies too, and under an init that reaps late they would keep a dead group alive. */
function hasWorkingMember(group: number): boolean {
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The name of the program, in parentheses, may hold anything: the fields are counted from its end.
      const [state, , memberOf] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(memberOf) === group && state !== "Z" && state !== "X";
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT" || code === "ESRCH") return false;
      throw error;
    }
  });
}
