import { createHash } from "node:crypto";
import type { WorkloadState } from "../drill/workloadState.ts";
import type { RestartableKind } from "../recovery/actions.ts";
import type { ApiClient } from "./apiClient.ts";
import type { ObjectMeta } from "./apiTypes.ts";
import { type OwnedRevision, ofOwner, type PodTemplate, withoutHash } from "./rollouts.ts";

interface ApiWorkloadState {
  readonly metadata: ObjectMeta & { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly strategy?: unknown;
    readonly ordinals?: { readonly start?: number };
    readonly template?: PodTemplate;
  };
}

interface ApiList<Item> {
  readonly items?: readonly Item[];
}

const kinds: readonly (readonly [RestartableKind, string])[] = [
  ["deployment", "deployments"],
  ["statefulset", "statefulsets"],
  ["daemonset", "daemonsets"],
];

/** Its controller counts here, upwards with every rollout: nobody can put it back. */
const countedByController = "deployment.kubernetes.io/revision";
/** What `kubectl rollout undo` does not take over from a ReplicaSet (annotationsToSkip in kubectl's polymorphichelpers/rollback.go). */
const notBroughtBack = [
  "kubectl.kubernetes.io/last-applied-configuration",
  countedByController,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
];

/**
 * All workloads of a namespace as far as a drill may change them.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function readWorkloadStates(
  client: ApiClient,
  namespace: string,
  signal: AbortSignal,
): Promise<WorkloadState[]> {
  const list = async <Item>(plural: string) => {
    const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${plural}`;
    return ((await client.get(path, {}, signal)) as ApiList<Item>).items ?? [];
  };
  const [replicaSets, controllerRevisions, ...workloads] = await Promise.all([
    list<OwnedRevision>("replicasets"),
    list<OwnedRevision>("controllerrevisions"),
    ...kinds.map(async ([kind, plural]) => ({ kind, items: await list<ApiWorkloadState>(plural) })),
  ]);
  return workloads.flatMap(({ kind, items }) =>
    items.map((item) => {
      const history = kind === "deployment" ? replicaSets : controllerRevisions;
      return workloadState(kind, item, ofOwner(history, item.metadata.uid));
    }),
  );
}

function workloadState(
  kind: RestartableKind,
  { metadata, spec = {} }: ApiWorkloadState,
  history: ReturnType<typeof ofOwner>,
): WorkloadState {
  const { [countedByController]: _, ...annotations } = metadata.annotations ?? {};
  const replicas = kind === "daemonset" ? null : (spec.replicas ?? 1);
  const template = fingerprint(withoutHash(spec.template ?? {}));
  const current = history.find((one) => fingerprint(one.template) === template);
  const brought = kind === "deployment" ? (current?.annotations ?? []) : [];
  const last = (spec.ordinals?.start ?? 0) + (replicas ?? 0) - 1;
  return {
    kind,
    name: metadata.name,
    uid: metadata.uid,
    replicas,
    strategy: kind === "deployment" ? canonical(spec.strategy ?? {}) : null,
    paused: spec.paused ?? false,
    template,
    revisions: Object.fromEntries(history.map((one) => [fingerprint(one.template), one.number])),
    labels: fingerprints(metadata.labels ?? {}),
    annotations: fingerprints(annotations),
    formerAnnotations: brought.filter((key) => !(key in annotations) && !notBroughtBack.includes(key)).sort(),
    container: spec.template?.spec?.containers?.[0]?.name ?? "",
    lastPod: kind === "statefulset" && last >= 0 && replicas !== 0 ? `${metadata.name}-${last}` : null,
  };
}

function fingerprints(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fingerprint(value)]));
}

function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}

/** The same text for the same value: keys in order, and without what revisions keep beside it (`$patch`, nulls). */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const kept = Object.entries(inner).filter(([key, one]) => key !== "$patch" && one !== null);
    return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
