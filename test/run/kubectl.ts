import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Bed } from "../bed/bed.ts";

/** Runs the bed's kubectl as its administrator and resolves with standard output; rejects when it fails. */
export async function kubectl(bed: Bed, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(bed.kubectl, ["--kubeconfig", bed.kubeconfig, ...args]);
  return stdout;
}

/** The names of the pods of an app in the demo's namespace, sorted. */
export async function podNames(bed: Bed, app: string): Promise<string[]> {
  const names = await kubectl(bed, "get", "pods", "-n", "pyairtable", "-l", `app=${app}`, "-o", "name");
  return [...names.matchAll(/^pod\/(\S+)$/gm)].map(([, name = ""]) => name).sort();
}
