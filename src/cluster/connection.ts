import type { ChaosExperiment } from "../drill/chaosExperiment.ts";
import type { WorkloadState } from "../drill/workloadState.ts";
import type { AccessRequest } from "../plan/access.ts";
import type { Impact } from "../plan/impact.ts";
import type { PlaceholderKind } from "../plan/placeholderKind.ts";
import type { KubectlAction } from "../plan/plan.ts";
import { AccessReviews } from "./accessReviews.ts";
import { ApiClient } from "./apiClient.ts";
import type { ObjectMeta } from "./apiTypes.ts";
import { type Candidate, listCandidates } from "./candidates.ts";
import { listChaosExperiments } from "./chaosExperiments.ts";
import { EventWatch, type EventWatchOptions } from "./eventWatch.ts";
import { listServicePorts, type ServicePort } from "./gateway/servicePorts.ts";
import { type ServiceReach, Services } from "./gateway/services.ts";
import { lookUpImpact } from "./impactLookup.ts";
import type { PinnedTarget } from "./kubeconfig.ts";
import { NamespaceWatch, type NamespaceWatchOptions } from "./namespaceWatch.ts";
import { type ClusterNode, listNodes } from "./nodes.ts";
import { type PodDetails, readObject, readPodDetails } from "./objectDetails.ts";
import type { WorkloadKind } from "./pod.ts";
import { findPrometheusServices } from "./prometheusServices.ts";
import { listRevisions, type Revision, readWorkloadNote, type WorkloadNote } from "./rollouts.ts";
import { listSecretValues, type SecretValue } from "./secretList.ts";
import { findReadyPod } from "./toolbox.ts";
import { readWorkloadStates } from "./workloadStates.ts";

const apps = "/apis/apps/v1";
const apiPlaces: Readonly<Record<WorkloadKind, { readonly group: string; readonly plural: string }>> = {
  Deployment: { group: apps, plural: "deployments" },
  StatefulSet: { group: apps, plural: "statefulsets" },
  DaemonSet: { group: apps, plural: "daemonsets" },
  ReplicaSet: { group: apps, plural: "replicasets" },
  Job: { group: "/apis/batch/v1", plural: "jobs" },
  Pod: { group: "/api/v1", plural: "pods" },
};

/** All that Podbook asks of one cluster; the way into the part of the code that is loaded when first needed. */
export class Connection {
  readonly pinned: PinnedTarget;
  /** The way to the services of the cluster. */
  readonly services: ServiceReach;
  readonly #client: ApiClient;
  readonly #reviews: AccessReviews;

  constructor(pinned: PinnedTarget) {
    this.pinned = pinned;
    this.#client = new ApiClient(pinned);
    this.services = new Services(this.#client, () => performance.now());
    this.#reviews = new AccessReviews(this.#client);
  }

  /** Follows the pinned namespace until the watch is disposed. */
  watch(options: Omit<NamespaceWatchOptions, "client" | "namespace">): NamespaceWatch {
    return new NamespaceWatch({ ...options, client: this.#client, namespace: this.pinned.target.namespace });
  }

  /** Follows the events of the pinned namespace until the watch is disposed. */
  watchEvents(options: Omit<EventWatchOptions, "client" | "namespace">): EventWatch {
    return new EventWatch({ ...options, client: this.#client, namespace: this.pinned.target.namespace });
  }

  /**
   * What a kubectl call of a plan hits, counted now.
   * @throws ClusterError where the cluster cannot be asked
   */
  impact(action: KubectlAction, signal: AbortSignal): Promise<Impact> {
    return lookUpImpact(this.#client, action, signal);
  }

  /**
   * Those of the requests that the user may not do.
   * @throws ClusterError where the cluster cannot be asked
   */
  refused(requests: readonly AccessRequest[], signal: AbortSignal): Promise<AccessRequest[]> {
    return this.#reviews.refused(requests, signal);
  }

  /**
   * What the cluster has for a placeholder of this kind; empty for kinds it knows nothing of.
   * @throws ClusterError where the cluster cannot be asked
   */
  candidates(kind: PlaceholderKind, signal: AbortSignal): Promise<Candidate[]> {
    return listCandidates(this.#client, kind, this.pinned.target.namespace, signal);
  }

  /**
   * The TCP ports of the pinned namespace's services.
   * @throws ClusterError where the cluster cannot be asked
   */
  servicePorts(signal: AbortSignal): Promise<ServicePort[]> {
    return listServicePorts(this.#client, this.pinned.target.namespace, signal);
  }

  /**
   * Where services of the cluster look like Prometheus, those that are surer first.
   * @throws ClusterError where the cluster cannot be asked
   */
  prometheusServices(signal: AbortSignal): Promise<ServicePort[]> {
    return findPrometheusServices(this.#client, this.pinned.target.namespace, signal);
  }

  /**
   * The name of a ready pod of the pinned namespace with these labels; null where there is none.
   * @throws ClusterError where the cluster cannot be asked
   */
  readyPod(labelSelector: string, signal: AbortSignal): Promise<string | null> {
    return findReadyPod(this.#client, this.pinned.target.namespace, labelSelector, signal);
  }

  /**
   * Resources, usage and events of a pod of the pinned namespace.
   * @throws ClusterError where the pod cannot be had
   */
  podDetails(pod: string, signal: AbortSignal): Promise<PodDetails> {
    return readPodDetails(this.#client, this.pinned.target.namespace, pod, signal);
  }

  /**
   * A pod or workload of the pinned namespace as the API has it, without its managed fields.
   * @throws ClusterError where it cannot be had
   */
  object(kind: WorkloadKind, name: string, signal: AbortSignal): Promise<unknown> {
    const { group, plural } = apiPlaces[kind];
    const path = `${group}/namespaces/${encodeURIComponent(this.pinned.target.namespace)}/${plural}/${encodeURIComponent(name)}`;
    return readObject(this.#client, path, signal);
  }

  /**
   * The values of the Secrets of a namespace, or of all where it is null.
   * @throws ClusterError where the cluster cannot be asked
   */
  secretValues(namespace: string | null, signal: AbortSignal): Promise<SecretValue[]> {
    return listSecretValues(this.#client, namespace, signal);
  }

  /**
   * What is noted of a workload of the pinned namespace before it is changed; `kind` as command lines write it.
   * @throws ClusterError where the cluster cannot be asked
   */
  workloadNote(kind: string, name: string, signal: AbortSignal): Promise<WorkloadNote> {
    return readWorkloadNote(this.#client, kind, name, this.pinned.target.namespace, signal);
  }

  /**
   * The revisions of a workload of the pinned namespace, the newest first; `kind` as command lines write it.
   * @throws ClusterError where the cluster cannot be asked
   */
  revisions(kind: string, name: string, signal: AbortSignal): Promise<Revision[]> {
    return listRevisions(this.#client, kind, name, this.pinned.target.namespace, signal);
  }

  /**
   * The workloads of the pinned namespace as far as a drill may change them.
   * @throws ClusterError where the cluster cannot be asked
   */
  workloadStates(signal: AbortSignal): Promise<WorkloadState[]> {
    return readWorkloadStates(this.#client, this.pinned.target.namespace, signal);
  }

  /**
   * The chaos experiments of the pinned namespace; none where neither Chaos Mesh nor LitmusChaos is installed.
   * @throws ClusterError where the cluster cannot be asked
   */
  chaosExperiments(signal: AbortSignal): Promise<ChaosExperiment[]> {
    return listChaosExperiments(this.#client, this.pinned.target.namespace, signal);
  }

  /**
   * The labels of the pinned namespace.
   * @throws ClusterError where they may not be read, or the cluster cannot be asked
   */
  async namespaceLabels(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const path = `/api/v1/namespaces/${encodeURIComponent(this.pinned.target.namespace)}`;
    return ((await this.#client.get(path, {}, signal)) as { readonly metadata: ObjectMeta }).metadata.labels ?? {};
  }

  /**
   * The nodes of the cluster.
   * @throws ClusterError where the cluster cannot be asked
   */
  nodes(signal: AbortSignal): Promise<ClusterNode[]> {
    return listNodes(this.#client, signal);
  }
}
