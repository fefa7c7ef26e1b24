import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sharedFolder } from "./agent/programs.ts";
import { runningAgent, startAgent, stopAgent } from "./agentProcess.ts";
import { type Binaries, buildBinaries } from "./build.ts";
import { clusterProblems, furnishCluster, stagesDir, startCluster, strayProcesses } from "./cluster.ts";
import { clusterConfig } from "./clusterConfig.ts";
import { applyDemo, awaitDemo, removeDemo } from "./demo.ts";
import { BedError } from "./errors.ts";
import { nodesUp } from "./failures/node.ts";
import { kubectlFor } from "./kubectl.ts";
import { withLock } from "./lock.ts";
import { workerNodes } from "./nodes.ts";
import { bedProcesses, endProcesses, requireProc } from "./processes.ts";
import { type BedId, type BedPaths, bedPaths } from "./state.ts";
import { type BedStatus, readStatus } from "./status.ts";

/** A running bed. */
export interface Bed {
  readonly name: string;
  /** The checkout it belongs to. */
  readonly checkout: string;
  readonly stateDir: string;
  readonly kubeconfig: string;
  /** The folder to put first on PATH: kubectl of the cluster's release is in it. */
  readonly binDir: string;
  /** Absolute path of that kubectl. */
  readonly kubectl: string;
}

/** Which bed, and where to say what is being done. */
export interface BedOptions extends BedId {
  readonly log: (line: string) => void;
}

/**
 * Makes sure the bed runs, and gives it. Compiles its programs when this machine has not yet, starts what does not run,
 * and replaces a bed that an interrupted `up` left half made. Raises BedError.
 */
export async function bedUp(options: BedOptions): Promise<Bed> {
  requireProc();
  const paths = bedPaths(options);
  const binaries = await buildBinaries(options.log);
  return whileLocked(options, paths, async () => {
    const bed = describeBed(options, paths, binaries);
    const kubectl = kubectlFor(bed.kubectl, paths);
    const wanted = fingerprint(binaries);
    const whole = existsSync(paths.completeFile) && readFileSync(paths.completeFile, "utf8") === wanted;
    if (whole && (await clusterProblems(paths, kubectl)).length === 0) {
      if (runningAgent(paths) === undefined) {
        options.log("» Starting the programs behind the pods again (usually 5 s)");
        await endProcesses(strayProcesses(paths), 10_000);
        await startAgent(options.checkout, paths);
      }
      return bed;
    }
    await wipe(paths, options.log);
    mkdirSync(paths.stateDir, { recursive: true, mode: 0o700 });
    options.log(`» Starting a Kubernetes cluster for the bed "${options.name}" (usually 10 s)`);
    await startCluster(paths, binaries, options.log);
    await furnishCluster(kubectl);
    options.log("» Bringing up the PyAirtable namespace (usually 10 s)");
    await applyDemo(options.checkout, kubectl);
    await startAgent(options.checkout, paths);
    await awaitDemo(kubectl, 120_000);
    const problems = await clusterProblems(paths, kubectl);
    if (problems.length > 0) {
      throw new BedError(
        "cluster-start",
        `The cluster broke while it came up (${problems.join("; ")}): run "up" again.`,
      );
    }
    writeFileSync(paths.completeFile, wanted);
    options.log(`  The bed "${options.name}" is up; its kubeconfig is ${paths.kubeconfig}`);
    return bed;
  });
}

/** Ends every process of the bed and removes its state, however far it had come. */
export async function bedDown(options: BedOptions): Promise<void> {
  requireProc();
  const paths = bedPaths(options);
  await whileLocked(options, paths, () => wipe(paths, options.log));
}

/** How the bed is, without changing it. */
export async function bedStatus(options: BedOptions): Promise<BedStatus> {
  requireProc();
  const paths = bedPaths(options);
  const binaries = await buildBinaries(options.log);
  return readStatus(paths, kubectlFor(binaries("kubectl"), paths));
}

/** Brings the demo's namespace back to what its manifests say, and undoes every failure. Raises BedError. */
export async function bedReset(options: BedOptions): Promise<void> {
  const bed = await requireBed(options);
  const paths = bedPaths(options);
  const kubectl = kubectlFor(bed.kubectl, paths);
  await whileLocked(options, paths, async () => {
    options.log("» Making the PyAirtable namespace anew (usually 15 s)");
    await nodesUp(kubectl);
    await removeDemo(kubectl);
    await applyDemo(options.checkout, kubectl);
    await awaitDemo(kubectl, 120_000);
  });
}

/** The bed, if it is up and whole. Raises BedError `not-up`. */
export async function requireBed(options: BedOptions): Promise<Bed> {
  const paths = bedPaths(options);
  if (!existsSync(paths.completeFile)) {
    throw new BedError("not-up", `The bed "${options.name}" is not up: start it with "npm run bed -- up".`);
  }
  return describeBed(options, paths, await buildBinaries(options.log));
}

function describeBed(id: BedId, paths: BedPaths, binaries: Binaries): Bed {
  const kubectl = binaries("kubectl");
  const { stateDir, kubeconfig } = paths;
  return { name: id.name, checkout: id.checkout, stateDir, kubeconfig, binDir: dirname(kubectl), kubectl };
}

function whileLocked<T>({ name, log }: BedOptions, paths: BedPaths, work: () => Promise<T>): Promise<T> {
  return withLock(paths.stateDir, () => log(`» Waiting for another command on the bed "${name}"`), work);
}

/** The agent goes first, so that it can end its own children in order; what it left follows, then the servers. */
async function wipe(paths: BedPaths, log: (line: string) => void): Promise<void> {
  const count = bedProcesses(paths.stateDir).length;
  if (count > 0) log(`» Ending ${count} processes of the bed`);
  await stopAgent(paths);
  await endProcesses(strayProcesses(paths), 3_000);
  // A process may have been starting another one while it was looked at.
  for (let left = bedProcesses(paths.stateDir); left.length > 0; left = bedProcesses(paths.stateDir)) {
    // Nothing of theirs is kept, so they need no time to put it in order.
    await endProcesses(left, 0);
  }
  for (const folder of [paths.stateDir, sharedFolder(paths.stateDir)]) rmSync(folder, { recursive: true, force: true });
}

/** Changes when a bed made with the code of before would behave otherwise. */
function fingerprint(binaries: Binaries): string {
  const hash = createHash("sha256").update(clusterConfig(binaries, [])).update(JSON.stringify(workerNodes()));
  for (const file of readdirSync(stagesDir).sort()) hash.update(readFileSync(join(stagesDir, file)));
  return hash.digest("hex");
}
