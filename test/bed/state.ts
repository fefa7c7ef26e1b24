import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

/** Which bed is meant: every checkout has its own beds, told apart by name. */
export interface BedId {
  /** Absolute path of the checkout. */
  readonly checkout: string;
  readonly name: string;
}

/** Where one bed keeps what it needs while it runs. */
export interface BedPaths {
  /** Everything of the bed; `down` removes it. */
  readonly stateDir: string;
  readonly kubeconfig: string;
  /** kubectl's discovery cache, kept out of the person's home. */
  readonly kubectlCache: string;
  /** kwokctl's own working folder. */
  readonly kwokWorkDir: string;
  /** The cluster's folder below it: certificates, logs, process ids. */
  readonly clusterDir: string;
  readonly clusterName: string;
  /** Written last by `up`: without it the bed is not whole. */
  readonly completeFile: string;
  readonly agentDir: string;
  readonly contextName: string;
}

/** Podbook's folder for what can be made again, outside every work tree. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "podbook");
}

/** The folders and files of one bed. */
export function bedPaths({ checkout, name }: BedId): BedPaths {
  const hash = createHash("sha256").update(checkout).digest("hex").slice(0, 10);
  const stateDir = join(cacheDir(), "beds", hash, name);
  const clusterName = `podbook-${hash}-${name}`;
  const kwokWorkDir = join(stateDir, "kwok");
  return {
    stateDir,
    kubeconfig: join(stateDir, "kubeconfig"),
    kubectlCache: join(stateDir, "kubectl-cache"),
    kwokWorkDir,
    clusterDir: join(kwokWorkDir, "clusters", clusterName),
    clusterName,
    completeFile: join(stateDir, "complete"),
    agentDir: join(stateDir, "agent"),
    contextName: `podbook-${name}`,
  };
}
