import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Bed } from "../bed/bed.ts";

/** Runs the bed's kubectl as its administrator and resolves with standard output; rejects when it fails. */
export async function kubectl(bed: Bed, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(bed.kubectl, ["--kubeconfig", bed.kubeconfig, ...args]);
  return stdout;
}

/** The names of the pods of an app in the demo's namespace that are there to stay, sorted: not of those that are ending. */
export async function podNames(bed: Bed, app: string): Promise<string[]> {
  const format = 'jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp}{"\\n"}{end}';
  const lines = await kubectl(bed, "get", "pods", "-n", "pyairtable", "-l", `app=${app}`, "-o", format);
  return [...lines.matchAll(/^(\S+) $/gm)].map(([, name = ""]) => name).sort();
}
