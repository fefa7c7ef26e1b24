import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { endProcesses, type RunningProcess, readProcess } from "../bed/processes.ts";

/**
 * The live processes whose environment has NAME=value, without this one. A child inherits the variable from its
 * parent, so a mark given to one process finds all it started, also those that left its group or lost their parent.
 * Empty where there is no /proc.
 */
export function processesMarked(name: string, value: string): RunningProcess[] {
  const wanted = `${name}=${value}`;
  return processIds()
    .filter((pid) => pid !== process.pid && environmentOf(pid).includes(wanted))
    .flatMap((pid) => readProcess(pid) ?? []);
}

/**
 * Gives the marked processes `aloneMs` to end by themselves, then ends what is left with all it starts meanwhile.
 * Resolves with those that did not end by themselves.
 */
export async function endMarked(name: string, value: string, aloneMs: number): Promise<RunningProcess[]> {
  // No event tells of the end of a process that is not our child.
  for (const deadline = performance.now() + aloneMs; performance.now() < deadline; await delay(50)) {
    if (processesMarked(name, value).length === 0) return [];
  }
  const found: RunningProcess[] = [];
  for (let left = processesMarked(name, value); left.length > 0; left = processesMarked(name, value)) {
    found.push(...left);
    await endProcesses(left, 3_000);
  }
  return found;
}

function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number);
  } catch {
    return [];
  }
}

/** A process may end, or belong to another person, at any moment: then there is nothing of ours to read. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
