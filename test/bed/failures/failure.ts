import { BedError } from "../errors.ts";
import type { Kubectl } from "../kubectl.ts";

/** The failures a bed can be given. */
export const failureKinds = ["kill", "crash-loop", "image-pull", "pending", "oom", "not-ready", "node-down"] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Makes a running pod fail; the stages in ../stages/pod-fail.yaml read it. */
export const failAnnotation = "bed.podbook.dev/fail";

/** The parts of a Deployment, StatefulSet or DaemonSet that a failure needs. */
export interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly paused?: boolean;
    readonly strategy?: { readonly type?: string };
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: { readonly spec: { readonly containers: readonly [Container, ...Container[]] } };
  };
  readonly status?: { readonly updateRevision?: string };
}

/** A container of a workload's template. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly resources?: object;
  readonly command?: readonly string[];
  readonly readinessProbe?: { readonly tcpSocket?: object };
}

/** The parts of a pod that a failure needs. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp: string;
  };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** The workloads of a namespace. */
export async function listWorkloads(kubectl: Kubectl, namespace: string): Promise<Workload[]> {
  const json = await kubectl(["get", "deployments,statefulsets,daemonsets", "-n", namespace, "-o", "json"]);
  return (JSON.parse(json) as { items: Workload[] }).items;
}

/** One workload by name. Raises BedError `unknown-workload`, naming those there are. */
export async function findWorkload(kubectl: Kubectl, namespace: string, name: string): Promise<Workload> {
  const all = await listWorkloads(kubectl, namespace);
  const found = all.find((workload) => workload.metadata.name === name);
  if (found !== undefined) return found;
  const names = all.map(({ metadata }) => metadata.name).join(", ");
  throw new BedError("unknown-workload", `There is no workload "${name}" in ${namespace}: name one of ${names}.`);
}

/** The pods of a workload, the oldest first. Raises BedError `unknown-workload` when it has none. */
export async function podsOf(
  kubectl: Kubectl,
  namespace: string,
  workload: Workload,
): Promise<readonly [Pod, ...Pod[]]> {
  const labels = Object.entries(workload.spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  const json = await kubectl(["get", "pods", "-n", namespace, "-l", labels.join(","), "-o", "json"]);
  const pods = (JSON.parse(json) as { items: Pod[] }).items.toSorted((one, other) =>
    one.metadata.creationTimestamp.localeCompare(other.metadata.creationTimestamp),
  );
  const [first, ...rest] = pods;
  if (first !== undefined) return [first, ...rest];
  throw new BedError("unknown-workload", `${workload.metadata.name} has no pod to break: run "npm run bed -- reset".`);
}
