import type { HitPod, ImpactObject, WorkloadFacts } from "../plan/impact.ts";
import { collectionPath, type KindPlace, kindPlace } from "../plan/kubernetesKinds.ts";
import type { KubectlAction } from "../plan/plan.ts";
import type { KubectlCall } from "../shell/kubectlCall.ts";
import type { ApiClient } from "./apiClient.ts";
import type { ApiPod, ObjectMeta } from "./apiTypes.ts";
import { slimPod } from "./pod.ts";
import { isReady } from "./workload.ts";

interface ApiItem {
  readonly metadata: ObjectMeta;
  readonly spec?: {
    readonly replicas?: number;
    readonly strategy?: { readonly type?: string };
    readonly updateStrategy?: { readonly type?: string };
  };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly numberReady?: number;
    readonly desiredNumberScheduled?: number;
  };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly metadata: { readonly continue?: string };
}

const pageSize = "500";
const withReplicas = new Set(["deployments", "statefulsets", "daemonsets", "replicasets"]);

/** Finds the objects that one kubectl call is about, in the target it acts on. Every method raises ClusterError. */
export class HitObjects {
  readonly #client: ApiClient;
  readonly #call: KubectlCall;
  readonly #namespace: string | null;
  readonly #signal: AbortSignal;

  constructor(client: ApiClient, { call, target }: KubectlAction, signal: AbortSignal) {
    this.#client = client;
    this.#call = call;
    this.#namespace = call.allNamespaces ? null : target.namespace;
    this.#signal = signal;
  }

  /** The objects of the kinds, names and selectors of the call. A name that does not exist is not among them. */
  async objects(): Promise<ImpactObject[]> {
    return (await this.#found()).map(({ place, item }) => ({ kind: place.plural, name: item.metadata.name }));
  }

  /** Those of the objects that have replicas. */
  async workloads(): Promise<WorkloadFacts[]> {
    const found = await this.#found();
    const able = found.filter(({ place }) => withReplicas.has(place.plural));
    return able.map(({ place, item }) => workloadFacts(place.plural, item));
  }

  /** Those of the objects that are pods, with the workloads that bring them back. */
  async pods(): Promise<HitPod[]> {
    const found = (await this.#found()).filter(({ place }) => place.plural === "pods");
    const workloads = new Map<string, Promise<WorkloadFacts | null>>();
    return Promise.all(
      found.map(async ({ item }) => {
        const pod = slimPod(item as ApiPod);
        const key = `${pod.owner.kind}/${pod.owner.name}`;
        const workload = workloads.get(key) ?? this.#workload(pod.owner.kind, pod.owner.name);
        workloads.set(key, workload);
        return { name: pod.name, ready: isReady(pod), workload: await workload };
      }),
    );
  }

  /** The nodes that the call names. */
  async nodes(): Promise<ImpactObject[]> {
    const place = kindPlace("nodes");
    const found = place ? await Promise.all(this.nodeNames().map((name) => this.#named(place, name))) : [];
    return found.flat().map((item) => ({ kind: "nodes", name: item.metadata.name }));
  }

  /** The pods that draining those nodes evicts: not those of DaemonSets, which would be back at once. */
  async podsToEvict(): Promise<ImpactObject[]> {
    const place = kindPlace("pods");
    if (!place) return [];
    const onNodes = await Promise.all(
      this.nodeNames().map((node) => this.#list(place, null, { fieldSelector: `spec.nodeName=${node}` })),
    );
    const pods = onNodes.flat().map((item) => slimPod(item as ApiPod));
    const evicted = pods.filter(
      ({ owner, phase }) => owner.kind !== "DaemonSet" && !["Succeeded", "Failed"].includes(phase),
    );
    return evicted.map(({ name }) => ({ kind: "pods", name }));
  }

  /** The names that `drain` and `cordon` are given. */
  nodeNames(): readonly string[] {
    return this.#call.names.length > 0 ? this.#call.names : this.#call.rest;
  }

  async #found(): Promise<{ place: KindPlace; item: ApiItem }[]> {
    const found = await Promise.all(
      this.#call.resources.map(async ({ kind, name }) => {
        const place = kindPlace(kind);
        if (!place) return [];
        const items = name === null ? await this.#selected(place) : await this.#named(place, name);
        return items.map((item) => ({ place, item }));
      }),
    );
    return found.flat();
  }

  #selected(place: KindPlace): Promise<ApiItem[]> {
    const { selector, fieldSelector } = this.#call;
    return this.#list(place, this.#namespace, {
      ...(selector === null ? {} : { labelSelector: selector }),
      ...(fieldSelector === null ? {} : { fieldSelector }),
    });
  }

  #named(place: KindPlace, name: string): Promise<ApiItem[]> {
    return this.#list(place, this.#namespace, { fieldSelector: `metadata.name=${name}` });
  }

  async #workload(kind: string, name: string): Promise<WorkloadFacts | null> {
    const place = kindPlace(`${kind.toLowerCase()}s`);
    if (!place || !withReplicas.has(place.plural)) return null;
    const [item] = await this.#named(place, name);
    return item ? workloadFacts(place.plural, item) : null;
  }

  async #list(place: KindPlace, namespace: string | null, query: Record<string, string>): Promise<ApiItem[]> {
    const items: ApiItem[] = [];
    let token = "";
    do {
      const from = token === "" ? {} : { continue: token };
      const path = collectionPath(place, namespace);
      const answer = await this.#client.get(path, { ...query, limit: pageSize, ...from }, this.#signal);
      const page = answer as Page<ApiItem>;
      items.push(...page.items);
      token = page.metadata.continue ?? "";
    } while (token !== "");
    return items;
  }
}

function workloadFacts(kind: string, { metadata, spec, status }: ApiItem): WorkloadFacts {
  const strategy = spec?.strategy?.type ?? spec?.updateStrategy?.type ?? "RollingUpdate";
  return {
    kind,
    name: metadata.name,
    replicas: kind === "daemonsets" ? (status?.desiredNumberScheduled ?? 0) : (spec?.replicas ?? 1),
    ready: status?.readyReplicas ?? status?.numberReady ?? 0,
    rolling: strategy === "RollingUpdate",
  };
}
