import { type Impact, objectsHit, podDeletion, rollout, scaling, uncountable } from "../plan/impact.ts";
import type { KubectlAction } from "../plan/plan.ts";
import type { KubectlCall } from "../shell/kubectlCall.ts";
import type { ApiClient } from "./apiClient.ts";
import { HitObjects } from "./hitObjects.ts";

const dryRun: Impact = {
  count: 0,
  objects: [],
  sentence: "changes nothing: it is a dry run",
  short: "dry run",
  outage: false,
};

/** What a person reads for verbs that change the objects they name. */
const changes: Readonly<Record<string, string>> = {
  label: "labels",
  annotate: "annotates",
  patch: "patches",
  edit: "edits",
  set: "changes",
  "rollout pause": "pauses",
  "rollout resume": "resumes",
  autoscale: "autoscales",
  expose: "exposes",
};

const nodeChanges: Readonly<Record<string, string>> = {
  cordon: "takes no new pods on",
  uncordon: "takes new pods again on",
  taint: "taints",
};

const rollouts: Readonly<Record<string, string>> = { restart: "restarts", undo: "rolls back" };

/**
 * What a changing kubectl call hits, counted from the API now.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function lookUpImpact(client: ApiClient, action: KubectlAction, signal: AbortSignal): Promise<Impact> {
  const { call } = action;
  const [verb = "", second = ""] = call.verb;
  if (call.dryRun !== "none") return dryRun;
  if (call.unknown) return uncountable("cannot be counted: what it hits is only known when it runs");
  if (call.files.length > 0) return uncountable(`cannot be counted: it hits what ${call.files.join(", ")} names`);
  if (["exec", "cp", "attach"].includes(verb)) return uncountable("changes something inside a pod");
  const hit = new HitObjects(client, action, signal);
  const onNodes = nodeChanges[verb];
  if (onNodes) return objectsHit(onNodes, await hit.nodes(), hit.nodeNames().join(", "));
  if (verb === "drain") return drainImpact(hit);
  if (verb === "scale" && call.replicas !== null) return scaling(await hit.workloads(), call.replicas);
  if (verb === "delete") return deletionImpact(hit, call);
  const how = verb === "rollout" ? rollouts[second] : undefined;
  if (how) return rollout(await hit.workloads(), how);
  const change = changes[verb === "rollout" ? `rollout ${second}` : verb];
  return change
    ? objectsHit(change, await hit.objects(), asked(call))
    : uncountable(`cannot be counted: ${call.verb.join(" ")}`);
}

async function drainImpact(hit: HitObjects): Promise<Impact> {
  const nodes = hit.nodeNames().join(", ");
  return nodes === ""
    ? uncountable("cannot be counted: it names no node")
    : objectsHit(`drains ${nodes}: evicts`, await hit.podsToEvict(), `node ${nodes}`);
}

async function deletionImpact(hit: HitObjects, call: KubectlCall): Promise<Impact> {
  if (call.kinds.every((kind) => kind === "pods")) return podDeletion(await hit.pods(), asked(call));
  const [objects, workloads] = [await hit.objects(), await hit.workloads()];
  const pods = workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  const namespaces = objects.some(({ kind }) => kind === "namespaces");
  const tail = namespaces ? ", with everything in it" : pods > 0 ? `, with ${pods} ${pods === 1 ? "pod" : "pods"}` : "";
  return objectsHit("deletes", objects, asked(call), tail);
}

function asked({ selector, fieldSelector, names, kinds }: KubectlCall): string {
  return selector ?? fieldSelector ?? (names.join(", ") || kinds.join(", "));
}
