import type { ApiClient } from "./apiClient.ts";
import type { ApiPod, ApiWorkload } from "./apiTypes.ts";
import { ClusterError } from "./clusterError.ts";
import { readProbeFailures } from "./namespaceEvents.ts";
import { type Pod, slimPod, type WorkloadKind } from "./pod.ts";
import { ProbeFailures } from "./probeFailures.ts";
import { Pulse } from "./pulse.ts";
import { type ApiObject, type ResourceHandler, type WatchPace, watchResource } from "./resourceWatch.ts";
import { SharedPace } from "./sharedPace.ts";
import { slimWorkload, type Workload } from "./workload.ts";
import { WorkloadIndex } from "./workloadIndex.ts";

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
  /**
   * Called before `onChange` with each pod that comes, changes or goes once the first list was read: as it was (null where it
   * was not there) and as it is (null where it is gone).
   */
  readonly onPod?: (before: Pod | null, after: Pod | null) => void;
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
  readonly #index = new WorkloadIndex();
  /** The pods go first: while they cannot be had, nothing else is asked for. */
  readonly #pace = new SharedPace();
  readonly #pulse: Pulse;
  readonly #probes: ProbeFailures;
  #freshness: Freshness = { state: "connecting" };
  /** Whether the pods were ever listed. */
  #listed = false;

  constructor(options: NamespaceWatchOptions) {
    this.#options = options;
    const namespace = encodeURIComponent(options.namespace);
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    this.#pulse = new Pulse({
      ask: (signal) => options.client.get(pods, { limit: "1" }, signal),
      onLost: (error) => this.#pace.interrupt(error),
      onBug: options.onBug,
      now: options.now,
    });
    this.#probes = new ProbeFailures({
      ask: (signal) => readProbeFailures(options.client, options.namespace, signal),
      onKnown: (pod) => {
        this.#index.putPod(pod);
        options.onChange();
      },
      onBug: options.onBug,
    });
    this.#watch(pods, this.#podHandler(), this.#pace.first);
    for (const [kind, plural] of workloadPaths) {
      const path = `/apis/apps/v1/namespaces/${namespace}/${plural}`;
      this.#watch(path, this.#workloadHandler(kind), this.#pace.others);
    }
  }

  get freshness(): Freshness {
    return this.#freshness;
  }

  /** The same objects as before where nothing has changed. While the first list is read, what was read so far. */
  workloads(): readonly Workload[] {
    return this.#index.workloads();
  }

  dispose(): void {
    this.#pulse.dispose();
    this.#probes.dispose();
    this.#ending.abort();
  }

  #watch(path: string, handler: ResourceHandler, pace: WatchPace): void {
    watchResource(this.#options.client, path, handler, pace, this.#ending.signal).catch((error: unknown) => {
      // Nothing is followed any more: what is shown must not look as if it were.
      handler.failed(new ClusterError("server", "Podbook has stopped following the cluster.", "Refresh the pods."));
      this.#options.onBug(error);
    });
  }

  #podHandler(): ResourceHandler {
    let gone = new Set<string>();
    const put = (object: ApiObject) => {
      const before = this.#index.pod(object.metadata.uid);
      const pod = this.#probes.explained(slimPod(object as ApiPod));
      this.#index.putPod(pod);
      gone.delete(pod.uid);
      if (this.#listed) this.#options.onPod?.(before, pod);
    };
    const remove = (uid: string) => {
      const before = this.#index.pod(uid);
      this.#probes.forget(uid);
      this.#index.deletePod(uid);
      if (before) this.#options.onPod?.(before, null);
    };
    return {
      begin: () => {
        gone = new Set(this.#index.podUids());
      },
      page: (objects) => {
        objects.forEach(put);
        this.#pulse.heard();
        this.#options.onChange();
      },
      complete: () => {
        for (const uid of gone) remove(uid);
        this.#listed = true;
        this.#options.onChange();
      },
      changed: (object) => {
        put(object);
        this.#options.onChange();
      },
      deleted: (object) => {
        remove(object.metadata.uid);
        this.#options.onChange();
      },
      live: () => {
        this.#pulse.beat(true);
        this.#pace.open();
        this.#setFreshness({ state: "live" });
      },
      heard: () => this.#pulse.heard(),
      failed: (error) => {
        this.#pulse.beat(false);
        this.#pace.close();
        this.#setFreshness(this.#afterFailure(error));
      },
    };
  }

  /** The tree can do without: a user who may see pods but no Deployments still sees the pods, grouped by their owner. */
  #workloadHandler(kind: WorkloadKind): ResourceHandler {
    let gone = new Set<string>();
    const put = (object: ApiObject) => {
      this.#index.putSpec(slimWorkload(kind, object as ApiWorkload));
      gone.delete(object.metadata.name);
    };
    return {
      begin: () => {
        gone = new Set(this.#index.specNames(kind));
      },
      page: (objects) => {
        objects.forEach(put);
        this.#options.onChange();
      },
      complete: () => {
        for (const name of gone) this.#index.deleteSpec(kind, name);
        this.#options.onChange();
      },
      changed: (object) => {
        put(object);
        this.#options.onChange();
      },
      deleted: (object) => {
        this.#index.deleteSpec(kind, object.metadata.name);
        this.#options.onChange();
      },
      live: () => {},
      heard: () => {},
      failed: () => {},
    };
  }

  #afterFailure(error: ClusterError): Freshness {
    return this.#listed ? { state: "stale", since: this.#pulse.heardAt, error } : { state: "failed", error };
  }

  #setFreshness(freshness: Freshness): void {
    this.#freshness = freshness;
    this.#options.onChange();
  }
}
