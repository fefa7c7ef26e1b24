import { ApiError, type ClusterApi } from "./api.ts";
import { startExporterProcess } from "./exporterProcess.ts";
import { startHttpProcess } from "./httpProcess.ts";
import type { PlacedPod } from "./kubeStateMetrics.ts";
import type { PodView } from "./pods.ts";
import type { PostgresFiles } from "./postgresFiles.ts";
import { startPostgresProcess } from "./postgresProcess.ts";
import type { ContainerProcess } from "./process.ts";
import { startPrometheusProcess } from "./prometheusProcess.ts";

/** The containers that have a real program on the bed; any other is only simulated. */
export const realPrograms: ReadonlySet<string> = new Set([
  "api-gateway",
  "auth-service",
  "platform-services",
  "postgres",
  "prometheus",
  "kube-state-metrics",
]);

/** What real programs are started with. */
export interface RealProcessesOptions {
  readonly api: ClusterApi;
  readonly namespace: string;
  readonly files: PostgresFiles;
  /** Prometheus's own folder. */
  readonly prometheusFolder: string;
  /** All pods that the agent follows, for the exporter. */
  readonly pods: () => readonly PlacedPod[];
}

/** Starts the real program of a container as the cluster has configured it. */
export class RealProcesses {
  readonly #options: RealProcessesOptions;

  constructor(options: RealProcessesOptions) {
    this.#options = options;
  }

  /** Raises ContainerStartError when the program does not come up. */
  readonly start = async (pod: PodView, output: (text: string) => void): Promise<ContainerProcess> => {
    const { files, prometheusFolder: folder, pods } = this.#options;
    switch (pod.container) {
      case "postgres": {
        const { "init.sql": initialSql = "" } = await this.#configMap("postgres-init");
        const volume = await this.#volumeOf(pod);
        return startPostgresProcess({ files, volume, initialSql, output });
      }
      case "prometheus": {
        const { "prometheus.yml": config = "" } = await this.#configMap("prometheus-config");
        return startPrometheusProcess({ folder, config, output });
      }
      case "kube-state-metrics":
        return startExporterProcess(pods);
      default: {
        const maps = await Promise.all(pod.configMaps.map((name) => this.#configMap(name)));
        const settings = Object.assign({}, ...maps) as Record<string, string>;
        return startHttpProcess({ service: pod.container, pod: pod.name, settings, output });
      }
    }
  };

  async #configMap(name: string): Promise<Readonly<Record<string, string>>> {
    const found = await this.#find(`/api/v1/namespaces/${this.#options.namespace}/configmaps/${name}`);
    return (found as { data?: Record<string, string> } | undefined)?.data ?? {};
  }

  /** The identity of the claim a pod of the StatefulSet mounts: a new claim is a new, empty volume. */
  async #volumeOf(pod: PodView): Promise<string> {
    const claim = await this.#find(
      `/api/v1/namespaces/${this.#options.namespace}/persistentvolumeclaims/data-${pod.name}`,
    );
    return (claim as { metadata: { uid: string } } | undefined)?.metadata.uid ?? pod.name;
  }

  async #find(path: string): Promise<unknown> {
    return this.#options.api.get(path).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    });
  }
}
