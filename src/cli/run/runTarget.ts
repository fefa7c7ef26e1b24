import { ClusterError } from "../../cluster/clusterError.ts";
import { kubeconfigFiles, listContexts, type PinnedTarget, pinTarget } from "../../cluster/kubeconfig.ts";
import { CliError } from "../cliError.ts";
import type { Terminal } from "../terminal.ts";
import type { RunAsked } from "./runOptions.ts";

/**
 * What a run is pinned to, read from the kubeconfig now, as kubectl chooses it; null where there is no kubeconfig and none
 * was asked for: what needs no cluster can still run.
 * @throws CliError `target`
 */
export async function pinRunTarget(
  { kubeconfig, context, namespace }: RunAsked,
  alsoContexts: readonly string[],
  { environment, home }: Pick<Terminal, "environment" | "home">,
): Promise<PinnedTarget | null> {
  const files = kubeconfigFiles(kubeconfig, environment, home);
  try {
    return await pinTarget(files, { kubeconfig, context, namespace }, alsoContexts);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.reason === "no-kubeconfig" && kubeconfig + context + namespace === "") return null;
    throw new CliError("target", `Not run: ${error.message} ${await advice(error, files)}`);
  }
}

async function advice({ reason }: ClusterError, files: readonly string[]): Promise<string> {
  if (reason === "no-context") {
    const { names } = await listContexts(files);
    return names.length === 0 ? "It has none." : `Say --context with one of: ${names.join(", ")}.`;
  }
  if (reason === "no-kubeconfig") return "Name the file you use by --kubeconfig or KUBECONFIG.";
  return '"kubectl config view" shows what kubectl makes of it; --kubeconfig names another file.';
}
