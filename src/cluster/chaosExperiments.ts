import {
  type ChaosExperiment,
  type ChaosGroup,
  type ChaosState,
  chaosGroups,
  isPaused,
} from "../drill/chaosExperiment.ts";
import type { ApiClient } from "./apiClient.ts";
import type { ObjectMeta } from "./apiTypes.ts";
import { ClusterError } from "./clusterError.ts";

interface ApiKind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

interface ApiExperiment {
  readonly metadata: ObjectMeta & { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly engineState?: string };
  readonly status?: {
    readonly engineStatus?: string;
    readonly endTime?: string;
    readonly experiment?: { readonly desiredPhase?: string };
  };
}

/** Kinds by which the tools work themselves, and nobody starts or ends anything. */
const inner =
  /^(Pod(Http|IO|Network)Chaos|WorkflowNode|StatusCheck|PhysicalMachine|RemoteCluster|Chaos(Experiment|Result))$/;

/**
 * The experiments of a namespace, of all kinds that the cluster serves.
 * @throws ClusterError where the cluster cannot be asked; kinds that may not be listed are left out
 */
export async function listChaosExperiments(
  client: ApiClient,
  namespace: string,
  signal: AbortSignal,
): Promise<ChaosExperiment[]> {
  const groups = Object.keys(chaosGroups) as ChaosGroup[];
  const found = await Promise.all(groups.map((group) => experimentsOf(client, group, namespace, signal)));
  return found.flat();
}

async function experimentsOf(
  client: ApiClient,
  group: ChaosGroup,
  namespace: string,
  signal: AbortSignal,
): Promise<ChaosExperiment[]> {
  const version = `/apis/${group}/v1alpha1`;
  const served = await unless<{ readonly resources?: readonly ApiKind[] }>(
    "not-found",
    client.get(version, {}, signal),
  );
  const kinds = (served?.resources ?? []).filter(
    ({ name, kind, namespaced, verbs }) =>
      namespaced && !name.includes("/") && verbs.includes("list") && !inner.test(kind),
  );
  const lists = kinds.map(async ({ name: plural, kind }) => {
    const path = `${version}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
    const list = await unless<{ readonly items?: readonly ApiExperiment[] }>("forbidden", client.get(path, {}, signal));
    return (list?.items ?? []).map((item) => {
      const state = group === "litmuschaos.io" ? engineState(item) : experimentState(item);
      return { group, kind, plural, name: item.metadata.name, namespace, state };
    });
  });
  return (await Promise.all(lists)).flat();
}

function experimentState({ metadata, status }: ApiExperiment): ChaosState {
  if (isPaused(metadata.annotations ?? {})) return "paused";
  return status?.experiment?.desiredPhase === "Stop" || status?.endTime !== undefined ? "finished" : "running";
}

function engineState({ spec, status }: ApiExperiment): ChaosState {
  if (status?.engineStatus === "completed") return "finished";
  return spec?.engineState === "active" ? "running" : "paused";
}

async function unless<Answer>(reason: ClusterError["reason"], answer: Promise<unknown>): Promise<Answer | null> {
  try {
    return (await answer) as Answer;
  } catch (error) {
    if (error instanceof ClusterError && error.reason === reason) return null;
    throw error;
  }
}
