import type { ApiClient } from "./apiClient.ts";
import type { ApiPod, ApiWorkload } from "./apiTypes.ts";
import type { ClusterError } from "./clusterError.ts";
import { type Pod, slimPod, type WorkloadKind } from "./pod.ts";
import { type ApiObject, type ResourceHandler, watchResource } from "./resourceWatch.ts";
import { groupByWorkload, slimWorkload, type Workload, type WorkloadSpec } from "./workload.ts";

/** How far the pods can be trusted: `since` and `error` belong to a watch that cannot follow the API now. */
export type Freshness =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "stale"; readonly since: number; readonly error: ClusterError }
  | { readonly state: "failed"; readonly error: ClusterError };

/** What a namespace watch needs from its owner. */
export interface NamespaceWatchOptions {
  readonly client: ApiClient;
  readonly namespace: string;
  /** Called after every change of pods, workloads or freshness; the owner coalesces. */
  readonly onChange: () => void;
  /** A mistake of ours inside the watch, for the log. */
  readonly onBug: (error: unknown) => void;
  /** In ms since the epoch. */
  readonly now: () => number;
}

const workloadPaths: readonly (readonly [WorkloadKind, string])[] = [
  ["Deployment", "deployments"],
  ["StatefulSet", "statefulsets"],
  ["DaemonSet", "daemonsets"],
];

/** Follows the pods and workloads of one namespace until it is disposed. */
export class NamespaceWatch {
  readonly #options: NamespaceWatchOptions;
  readonly #ending = new AbortController();
  readonly #pods = new Map<string, Pod>();
  readonly #specs = new Map<string, WorkloadSpec>();
  #freshness: Freshness = { state: "connecting" };

  constructor(options: NamespaceWatchOptions) {
    this.#options = options;
    const namespace = encodeURIComponent(options.namespace);
    this.#watch(`/api/v1/namespaces/${namespace}/pods`, this.#podHandler());
    for (const [kind, plural] of workloadPaths) {
      this.#watch(`/apis/apps/v1/namespaces/${namespace}/${plural}`, this.#workloadHandler(kind));
    }
  }

  get freshness(): Freshness {
    return this.#freshness;
  }

  workloads(): Workload[] {
    return groupByWorkload(this.#pods.values(), this.#specs.values());
  }

  dispose(): void {
    this.#ending.abort();
  }

  #watch(path: string, handler: ResourceHandler): void {
    watchResource(this.#options.client, path, handler, this.#ending.signal).catch(this.#options.onBug);
  }

  #podHandler(): ResourceHandler {
    const put = (object: ApiObject) => this.#pods.set(object.metadata.uid, slimPod(object as ApiPod));
    return {
      replace: (objects) => {
        this.#pods.clear();
        objects.forEach(put);
      },
      changed: (object) => {
        put(object);
        this.#options.onChange();
      },
      deleted: (object) => {
        this.#pods.delete(object.metadata.uid);
        this.#options.onChange();
      },
      live: () => this.#setFreshness({ state: "live" }),
      failed: (error) => this.#setFreshness(this.#afterFailure(error)),
    };
  }

  /** The tree can do without: a user who may see pods but no Deployments still sees the pods, grouped by their owner. */
  #workloadHandler(kind: WorkloadKind): ResourceHandler {
    const key = (object: ApiObject) => `${kind}/${object.metadata.name}`;
    const put = (object: ApiObject) => this.#specs.set(key(object), slimWorkload(kind, object as ApiWorkload));
    return {
      replace: (objects) => {
        for (const known of [...this.#specs.keys()]) if (known.startsWith(`${kind}/`)) this.#specs.delete(known);
        objects.forEach(put);
        this.#options.onChange();
      },
      changed: (object) => {
        put(object);
        this.#options.onChange();
      },
      deleted: (object) => {
        this.#specs.delete(key(object));
        this.#options.onChange();
      },
      live: () => {},
      failed: () => {},
    };
  }

  #afterFailure(error: ClusterError): Freshness {
    if (this.#freshness.state === "stale") return { ...this.#freshness, error };
    if (this.#freshness.state === "live") return { state: "stale", since: this.#options.now(), error };
    return { state: "failed", error };
  }

  #setFreshness(freshness: Freshness): void {
    this.#freshness = freshness;
    this.#options.onChange();
  }
}
