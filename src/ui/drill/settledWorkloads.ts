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

/** Resolves once the connection's namespace can be followed, or the time (ms) is over. */
export async function untilReachable(
  connection: Connection,
  ms: number,
  onProblem: (error: unknown) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onChange = () => {
    if (watch.freshness.state === "live") resolve();
  };
  const watch: NamespaceWatch = connection.watch({ onChange, onBug: onProblem, now: Date.now });
  const timer = setTimeout(resolve, ms);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    watch.dispose();
  }
}
