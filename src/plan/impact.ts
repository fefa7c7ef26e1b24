import { kindPlace } from "./kubernetesKinds.ts";

/** An object that a command hits. */
export interface ImpactObject {
  /** Plural, as the API has it. */
  readonly kind: string;
  readonly name: string;
}

/** What a command hits, counted from the live cluster. */
export interface Impact {
  /** How many objects are deleted, replaced, started, stopped or changed; null where that cannot be counted. */
  readonly count: number | null;
  readonly objects: readonly ImpactObject[];
  /** For a person, a sentence without its full stop: `deletes 2 of 2 ready api-gateway pods: …`. */
  readonly sentence: string;
  /** The same in a few words, for a lens: `deletes 2 pods`. Empty where nothing was counted. */
  readonly short: string;
  /** Whether something has no ready pod left while it lasts. */
  readonly outage: boolean;
}

/** A pod that is hit, with what stands behind it. */
export interface HitPod {
  readonly name: string;
  readonly ready: boolean;
  /** The workload that brings it back; null for a bare pod. */
  readonly workload: WorkloadFacts | null;
}

/** What the API says of a workload. */
export interface WorkloadFacts {
  /** Plural, as the API has it. */
  readonly kind: string;
  readonly name: string;
  readonly replicas: number;
  readonly ready: number;
  /** Whether a rollout keeps pods ready while it replaces others. */
  readonly rolling: boolean;
}

/** An impact that cannot be counted, and why. */
export function uncountable(why: string): Impact {
  return { count: null, objects: [], sentence: why, short: "", outage: false };
}

/** Pods that are deleted, by name or selector. */
export function podDeletion(pods: readonly HitPod[], asked: string): Impact {
  if (pods.length === 0) return nothing("deletes nothing", `no pod matches ${asked}`);
  const groups = new Map<string, HitPod[]>();
  for (const pod of pods) {
    const key = pod.workload ? `${pod.workload.kind}/${pod.workload.name}` : "";
    groups.set(key, [...(groups.get(key) ?? []), pod]);
  }
  const parts = [...groups.values()].map((group) => deletionOf(group));
  return {
    count: pods.length,
    objects: pods.map(({ name }) => ({ kind: "pods", name })),
    sentence: `deletes ${parts.map(({ sentence }) => sentence).join("; and ")}`,
    short: `deletes ${counted(pods.length, "pod")}`,
    outage: parts.some(({ outage }) => outage),
  };
}

function deletionOf(pods: readonly HitPod[]): { sentence: string; outage: boolean } {
  const workload = pods[0]?.workload;
  if (!workload) {
    return { sentence: `${counted(pods.length, "bare pod")}: nothing brings ${them(pods.length)} back`, outage: true };
  }
  const ready = pods.filter((pod) => pod.ready).length;
  const unready = pods.length - ready;
  const outage = ready > 0 && ready >= workload.ready;
  const of = `${ready} of ${workload.ready} ready ${workload.name} ${workload.ready === 1 ? "pod" : "pods"}`;
  const others = unready > 0 ? (ready > 0 ? ` and ${unready} not ready` : "") : "";
  const subject =
    ready > 0
      ? `${of}${others}`
      : `${counted(unready, `${workload.name} pod`)} that ${unready === 1 ? "is" : "are"} not ready`;
  if (!outage) return { sentence: subject, outage: false };
  const gentler = workload.rolling && workload.replicas > 1 ? "; `kubectl rollout restart` would keep some ready" : "";
  const back = pods.length === 1 ? "it is back" : "they are back";
  return { sentence: `${subject}: no endpoint until ${back}${gentler}`, outage: true };
}

/** Workloads that are given another number of replicas. */
export function scaling(workloads: readonly WorkloadFacts[], replicas: number): Impact {
  const parts = workloads.map((workload) => {
    const from = `${workload.name} from ${workload.replicas} to ${replicas} ${replicas === 1 ? "replica" : "replicas"}`;
    if (replicas === workload.replicas) return `leaves ${workload.name} at ${counted(replicas, "replica")}`;
    return replicas === 0 ? `scales ${from}: no endpoint from then on` : `scales ${from}`;
  });
  return {
    count: workloads.reduce((sum, workload) => sum + Math.abs(replicas - workload.replicas), 0),
    objects: workloads.map(({ kind, name }) => ({ kind, name })),
    sentence: parts.join("; and ") || "scales nothing",
    short: workloads.map((workload) => `scales ${workload.name} ${workload.replicas} → ${replicas}`).join(", "),
    outage: replicas === 0 && workloads.some((workload) => workload.replicas > 0),
  };
}

/** Workloads whose pods are all replaced by a rollout; `how` is the verb for a person, as in `restarts`. */
export function rollout(workloads: readonly WorkloadFacts[], how: string): Impact {
  const parts = workloads.map((workload) => {
    const pods = `${how} ${workload.name}: replaces its ${counted(workload.replicas, "pod")}`;
    if (workload.replicas === 0) return `${how} ${workload.name}, which has no pods`;
    if (!workload.rolling) return `${pods} all at once, no endpoint until they are back`;
    if (workload.replicas === 1 && workload.kind === "statefulsets") return `${pods}, no endpoint until it is back`;
    return workload.replicas === 1 ? pods : `${pods}, keeping others ready meanwhile`;
  });
  return {
    count: workloads.reduce((sum, workload) => sum + workload.replicas, 0),
    objects: workloads.map(({ kind, name }) => ({ kind, name })),
    sentence: parts.join("; and ") || `${how} nothing`,
    short: workloads.map((workload) => `${how} ${workload.name}, ${counted(workload.replicas, "pod")}`).join(", "),
    outage: workloads.some(
      ({ rolling, replicas, kind }) => replicas > 0 && (!rolling || (replicas === 1 && kind === "statefulsets")),
    ),
  };
}

/** Objects of any kind that are changed or deleted; `verb` for a person, as in `deletes`. */
export function objectsHit(verb: string, objects: readonly ImpactObject[], asked: string, tail = ""): Impact {
  if (objects.length === 0) return nothing(`${verb} nothing`, `nothing matches ${asked}`);
  const names = objects.slice(0, 5).map(({ name }) => name);
  const more = objects.length > names.length ? ` and ${objects.length - names.length} more` : "";
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const what = kinds
    .map((kind) => countedKind(objects.filter((object) => object.kind === kind).length, kind))
    .join(", ");
  const short = `${verb} ${what}`;
  return {
    count: objects.length,
    objects,
    sentence: `${short}: ${names.join(", ")}${more}${tail}`,
    short,
    outage: false,
  };
}

function nothing(what: string, why: string): Impact {
  return { count: 0, objects: [], sentence: `${what}: ${why}`, short: what, outage: false };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function countedKind(count: number, kind: string): string {
  return `${count} ${count === 1 ? (kindPlace(kind)?.singular ?? kind) : kind}`;
}

function them(count: number): string {
  return count === 1 ? "it" : "them";
}
