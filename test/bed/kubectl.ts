import { bedEnvironment } from "./processes.ts";
import { run } from "./run.ts";
import type { BedPaths } from "./state.ts";

/** How a kubectl command is run. */
export interface KubectlOptions {
  /** Written to standard input, for `-f -`. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** kubectl on one bed; gives its standard output. Raises BedError `command-failed` with what kubectl said. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<string>;

/** A kubectl that reaches this bed and nothing else. */
export function kubectlFor(binary: string, paths: BedPaths): Kubectl {
  const fixed = ["--kubeconfig", paths.kubeconfig, "--cache-dir", paths.kubectlCache];
  // With the bed's mark, so that a kubectl whose caller was killed is found and ended.
  const env = bedEnvironment(paths.stateDir);
  return (args, options = {}) => run(binary, [...fixed, ...args], { env, timeoutMs: 60_000, ...options });
}
