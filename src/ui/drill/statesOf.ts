import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import type { WorkloadState } from "../../drill/workloadState.ts";

const patienceMs = 10_000;

/**
 * The workloads of the connection's namespace as far as a drill may change them.
 * @throws ClusterError where the cluster cannot be asked, or does not answer within 10 s
 */
export async function statesOf(connection: Connection): Promise<WorkloadState[]> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await connection.workloadStates(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const message = `${connection.pinned.server} did not answer within ${patienceMs / 1000} s.`;
    throw new ClusterError("unreachable", message, "Check the VPN and the network, and try again.", { cause: error });
  }
}
