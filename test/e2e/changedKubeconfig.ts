interface Kubeconfig {
  readonly clusters: { cluster: { server: string } }[];
  readonly contexts: { name: string }[];
  readonly users: { user: Record<string, string> }[];
}

/** What is different in a changed kubeconfig. */
export interface KubeconfigChange {
  readonly server?: string;
  readonly user?: Record<string, string>;
  /** The name of the context. */
  readonly context?: string;
}

/** A kubeconfig (as JSON) whose clusters, users or contexts all have something else. */
export function changedKubeconfig(text: string, change: KubeconfigChange): string {
  const config: Kubeconfig = JSON.parse(text);
  for (const { cluster } of config.clusters) if (change.server) cluster.server = change.server;
  for (const entry of config.users) if (change.user) entry.user = change.user;
  for (const context of config.contexts) context.name = change.context ?? context.name;
  return JSON.stringify({ ...config, "current-context": config.contexts[0]?.name });
}

/** The API server of a kubeconfig (as JSON). */
export function serverOf(text: string): string {
  const { clusters }: Kubeconfig = JSON.parse(text);
  return clusters[0]?.cluster.server ?? "";
}
