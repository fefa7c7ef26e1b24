import { collectionPath, kindPlace } from "../plan/kubernetesKinds.ts";
import type { ApiClient } from "./apiClient.ts";
import type { ObjectMeta } from "./apiTypes.ts";

/** What is noted of a workload before it is changed. */
export interface WorkloadNote {
  readonly replicas: number;
  readonly paused: boolean;
}

/** A revision of a workload that `kubectl rollout undo` can take it back to. */
export interface Revision {
  readonly number: number;
  /** Empty where nobody wrote one. */
  readonly changeCause: string;
  readonly images: readonly string[];
  /** In ms since the epoch. */
  readonly createdAt: number;
  /** The keys of its annotations. */
  readonly annotations: readonly string[];
  /** The pod template, without what controllers add. */
  readonly template: PodTemplate;
}

/** The parts of a pod template that Podbook looks into; the rest is only shown. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly containers?: readonly { readonly name?: string; readonly image?: string }[] };
}

/** A ReplicaSet or ControllerRevision of the API, which keeps a revision of its owner. */
export interface OwnedRevision {
  readonly metadata: ObjectMeta & { readonly annotations?: Readonly<Record<string, string>> };
  readonly revision?: number;
  readonly spec?: { readonly template?: PodTemplate };
  readonly data?: { readonly spec?: { readonly template?: PodTemplate } };
}

interface Workload {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly replicas?: number; readonly paused?: boolean };
}

/** @throws ClusterError where the cluster cannot be asked */
export async function readWorkloadNote(
  client: ApiClient,
  kind: string,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<WorkloadNote> {
  const { spec } = await readWorkload(client, kind, name, namespace, signal);
  return { replicas: spec?.replicas ?? 1, paused: spec?.paused ?? false };
}

/**
 * The revisions of a Deployment, StatefulSet or DaemonSet, the newest (which is the one that runs, or is rolled out)
 * first. As kubectl reads them: of a Deployment's ReplicaSets, and of the others' ControllerRevisions.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function listRevisions(
  client: ApiClient,
  kind: string,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<Revision[]> {
  const { metadata } = await readWorkload(client, kind, name, namespace, signal);
  const plural = kind === "deployment" ? "replicasets" : "controllerrevisions";
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  const { items = [] } = (await client.get(path, {}, signal)) as { items?: OwnedRevision[] };
  return ofOwner(items, metadata.uid);
}

/** The revisions that a workload owns among those of its namespace, the newest first. */
export function ofOwner(items: readonly OwnedRevision[], owner: string): Revision[] {
  return items
    .filter((item) => item.metadata.ownerReferences?.some(({ uid }) => uid === owner))
    .map(revision)
    .filter(({ number }) => number > 0)
    .sort((one, other) => other.number - one.number);
}

function revision({ metadata, revision: counted, spec, data }: OwnedRevision): Revision {
  const { annotations = {} } = metadata;
  const template = withoutHash(data?.spec?.template ?? spec?.template ?? {});
  return {
    number: counted ?? Number(annotations["deployment.kubernetes.io/revision"] ?? 0),
    changeCause: annotations["kubernetes.io/change-cause"] ?? "",
    images: (template.spec?.containers ?? []).map(({ image = "" }) => image),
    createdAt: Date.parse(metadata.creationTimestamp ?? ""),
    annotations: Object.keys(annotations),
    template,
  };
}

/** The label by which a Deployment knows its ReplicaSets differs always and says nothing. */
export function withoutHash(template: PodTemplate): PodTemplate {
  const { "pod-template-hash": _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

async function readWorkload(client: ApiClient, kind: string, name: string, namespace: string, signal: AbortSignal) {
  const place = kindPlace(`${kind}s`);
  if (!place) throw new Error(`No such kind: ${kind}`);
  return (await client.get(`${collectionPath(place, namespace)}/${encodeURIComponent(name)}`, {}, signal)) as Workload;
}
