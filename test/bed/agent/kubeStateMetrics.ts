import type { Pod } from "./pods.ts";

/** A pod with the namespace it is in. */
export interface PlacedPod {
  readonly namespace: string;
  readonly pod: Pod;
}

const phases = ["Pending", "Running", "Succeeded", "Failed", "Unknown"] as const;

/** What kube-state-metrics says of pods, as far as the runbooks ask for it, in Prometheus' text format. */
export function kubeStateMetrics(pods: readonly PlacedPod[]): string {
  return [
    ...family("kube_pod_container_status_restarts_total", "counter", "Restarts of a container.", pods, restarts),
    ...family("kube_pod_status_ready", "gauge", "Whether a pod takes traffic.", pods, ready),
    ...family("kube_pod_status_phase", "gauge", "The phase of a pod.", pods, phase),
    ...family("kube_pod_container_status_waiting_reason", "gauge", "Why a container waits.", pods, waiting),
    "",
  ].join("\n");
}

interface Value {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function family(
  name: string,
  type: "counter" | "gauge",
  help: string,
  pods: readonly PlacedPod[],
  values: (pod: Pod) => readonly Value[],
): string[] {
  const lines = pods.flatMap(({ namespace, pod }) =>
    values(pod).map(({ labels, value }) => {
      const all = { namespace, pod: pod.metadata.name, uid: pod.metadata.uid, ...labels };
      // Names of Kubernetes hold nothing that would have to be escaped.
      const written = Object.entries(all).map(([label, text]) => `${label}="${text}"`);
      return `${name}{${written.join(",")}} ${value}`;
    }),
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function restarts({ spec, status }: Pod): Value[] {
  return (status?.containerStatuses ?? []).map(({ restartCount = 0 }, index) => ({
    labels: { container: spec.containers[index]?.name ?? "" },
    value: restartCount,
  }));
}

function ready({ status }: Pod): Value[] {
  const found = status?.conditions?.find(({ type }) => type === "Ready");
  if (!found) return [];
  return ["true", "false", "unknown"].map((condition) => ({
    labels: { condition },
    value: found.status.toLowerCase() === condition ? 1 : 0,
  }));
}

function phase({ status }: Pod): Value[] {
  return phases.map((one) => ({ labels: { phase: one }, value: status?.phase === one ? 1 : 0 }));
}

function waiting({ spec, status }: Pod): Value[] {
  return (status?.containerStatuses ?? []).flatMap(({ state }, index) => {
    const reason = state?.waiting?.reason;
    return reason ? [{ labels: { container: spec.containers[index]?.name ?? "", reason }, value: 1 }] : [];
  });
}
