import type { Connection } from "../../cluster/connection.ts";
import type { NamespaceWatch } from "../../cluster/namespaceWatch.ts";
import type { Workload } from "../../cluster/workload.ts";

/**
 * The workloads of the connection's namespace as they are now.
 * @throws ClusterError where the cluster cannot be followed
 */
export async function settledWorkloads(
  connection: Connection,
  onProblem: (error: unknown) => void,
): Promise<readonly Workload[]> {
  const settled = Promise.withResolvers<readonly Workload[]>();
  const onChange = () => {
    const { freshness } = watch;
    if (freshness.state === "live") settled.resolve(watch.workloads());
    if (freshness.state === "failed" || freshness.state === "stale") settled.reject(freshness.error);
  };
  const watch: NamespaceWatch = connection.watch({ onChange, onBug: onProblem, now: Date.now });
  try {
    return await settled.promise;
  } finally {
    watch.dispose();
  }
}
