import { ApiError, type ClusterApi } from "./api.ts";
import { startHttpProcess } from "./httpProcess.ts";
import type { PodView } from "./pods.ts";
import type { PostgresFiles } from "./postgresFiles.ts";
import { startPostgresProcess } from "./postgresProcess.ts";
import type { ContainerProcess } from "./process.ts";

/** The containers that have a real program on the bed; any other is only simulated. */
export const realPrograms: ReadonlySet<string> = new Set([
  "api-gateway",
  "auth-service",
  "platform-services",
  "postgres",
]);

/** Starts the real program of a container as the cluster has configured it. */
export class RealProcesses {
  readonly #api: ClusterApi;
  readonly #namespace: string;
  readonly #files: PostgresFiles;

  constructor(api: ClusterApi, namespace: string, files: PostgresFiles) {
    this.#api = api;
    this.#namespace = namespace;
    this.#files = files;
  }

  /** Raises ContainerStartError when the program does not come up. */
  readonly start = async (pod: PodView, output: (text: string) => void): Promise<ContainerProcess> => {
    if (pod.container !== "postgres") {
      const maps = await Promise.all(pod.configMaps.map((name) => this.#configMap(name)));
      const settings = Object.assign({}, ...maps) as Record<string, string>;
      return startHttpProcess({ service: pod.container, pod: pod.name, settings, output });
    }
    const { "init.sql": initialSql = "" } = await this.#configMap("postgres-init");
    const volume = await this.#volumeOf(pod);
    return startPostgresProcess({ files: this.#files, volume, initialSql, output });
  };

  async #configMap(name: string): Promise<Readonly<Record<string, string>>> {
    const found = await this.#find(`/api/v1/namespaces/${this.#namespace}/configmaps/${name}`);
    return (found as { data?: Record<string, string> } | undefined)?.data ?? {};
  }

  /** The identity of the claim a pod of the StatefulSet mounts: a new claim is a new, empty volume. */
  async #volumeOf(pod: PodView): Promise<string> {
    const claim = await this.#find(`/api/v1/namespaces/${this.#namespace}/persistentvolumeclaims/data-${pod.name}`);
    return (claim as { metadata: { uid: string } } | undefined)?.metadata.uid ?? pod.name;
  }

  async #find(path: string): Promise<unknown> {
    return this.#api.get(path).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    });
  }
}
