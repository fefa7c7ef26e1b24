import type { KubectlCall } from "../shell/kubectlCall.ts";
import { kindPlace } from "./kubernetesKinds.ts";
import type { KubectlAction } from "./plan.ts";

/** One question to the API: may the user do this verb to this resource? The fields are those of ResourceAttributes. */
export interface AccessRequest {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** Empty for resources without a namespace, and for all namespaces. */
  readonly namespace: string;
}

type Need = readonly [verb: string, subresource?: string];

const onKind: Readonly<Record<string, readonly Need[]>> = {
  get: [["list"]],
  describe: [["list"]],
  delete: [["delete"]],
  scale: [["patch", "scale"]],
  "rollout restart": [["get"], ["patch"]],
  "rollout undo": [["get"], ["patch"]],
  "rollout pause": [["get"], ["patch"]],
  "rollout resume": [["get"], ["patch"]],
  "rollout status": [["get"]],
  "rollout history": [["get"]],
  label: [["get"], ["patch"]],
  annotate: [["get"], ["patch"]],
  patch: [["get"], ["patch"]],
  edit: [["get"], ["patch"]],
  create: [["create"]],
};

const onPods: Readonly<Record<string, readonly Need[]>> = {
  exec: [["create", "exec"]],
  cp: [["create", "exec"]],
  attach: [["create", "attach"]],
  "port-forward": [["create", "portforward"]],
  logs: [["get", "log"]],
  run: [["create"]],
};

/** What the user must be allowed for a kubectl call to work, as far as its words tell; nothing where they do not. */
export function accessRequests({ call, target }: KubectlAction): AccessRequest[] {
  const namespace = call.allNamespaces ? "" : target.namespace;
  const verb = call.verb.join(" ");
  const pods = onPods[verb] ?? onPods[call.verb[0] ?? ""];
  if (pods) return pods.map((need) => request("pods", need, namespace)).filter((one) => one !== null);
  if (verb === "cordon" || verb === "uncordon" || verb === "taint") return nodes([["patch"]]);
  if (verb === "drain") return [...nodes([["patch"]]), ...evictions()];
  if (call.verb[0] === "top") return metrics(call, namespace);
  const needs = onKind[verb] ?? (call.verb[0] === "set" ? onKind["patch"] : undefined) ?? [];
  return call.kinds.flatMap((kind) =>
    needs.map((need) => request(kind, need, namespace)).filter((one) => one !== null),
  );
}

/** `delete pods in pyairtable`, for a person. */
export function describeAccess({ verb, resource, subresource, namespace }: AccessRequest): string {
  const what = subresource === "" ? resource : `${resource}/${subresource}`;
  return namespace === "" ? `${verb} ${what}` : `${verb} ${what} in ${namespace}`;
}

function request(kind: string, [verb, subresource = ""]: Need, namespace: string): AccessRequest | null {
  const place = kindPlace(kind);
  if (!place) return null;
  return { verb, group: place.group, resource: kind, subresource, namespace: place.namespaced ? namespace : "" };
}

function nodes(needs: readonly Need[]): AccessRequest[] {
  return needs.map((need) => request("nodes", need, "")).filter((one) => one !== null);
}

function evictions(): AccessRequest[] {
  return [{ verb: "create", group: "", resource: "pods", subresource: "eviction", namespace: "" }];
}

function metrics(call: KubectlCall, namespace: string): AccessRequest[] {
  const resource = call.verb[1] ?? call.kinds[0] ?? "";
  if (!["pods", "pod", "po", "nodes", "node", "no"].includes(resource)) return [];
  const isNode = resource.startsWith("no");
  return [
    {
      verb: "list",
      group: "metrics.k8s.io",
      resource: isNode ? "nodes" : "pods",
      subresource: "",
      namespace: isNode ? "" : namespace,
    },
  ];
}
