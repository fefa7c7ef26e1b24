import type { Binaries } from "./build.ts";

/** How long the node controller waits for a silent node, in ms. Real clusters wait 50 s; two busy cores need some. */
const nodeGraceMs = 16_000;
/** How long pods stay bound to a node that is gone, in seconds. Real clusters wait 300. */
const goneNodeTolerationSeconds = 15;

const components = [
  "etcdPort",
  "etcdPeerPort",
  "kubeApiserverPort",
  "kubeControllerManagerPort",
  "kubeSchedulerPort",
  "kwokControllerPort",
  "metricsServerPort",
] as const;

/** How many ports a cluster needs. */
export const portCount = components.length;

/** What kwokctl is told: several JSON documents, which are YAML too. `ports` are `portCount` free ones. */
export function clusterConfig(binaries: Binaries, ports: readonly number[]): string {
  const kwokctl = {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokctlConfiguration",
    options: {
      runtime: "binary",
      bindAddress: "127.0.0.1",
      ...Object.fromEntries(components.map((name, index) => [name, ports[index]])),
      kubeApiserverBinary: binaries("kube-apiserver"),
      kubeControllerManagerBinary: binaries("kube-controller-manager"),
      kubeSchedulerBinary: binaries("kube-scheduler"),
      kubectlBinary: binaries("kubectl"),
      etcdBinary: binaries("etcd"),
      kwokControllerBinary: binaries("kwok"),
      metricsServerBinary: binaries("metrics-server"),
      enable: ["metrics-server"],
      enableCRDs: ["Stage", "Exec", "ClusterExec", "PortForward", "ClusterPortForward", "Logs", "ClusterLogs"],
      heartbeatFactor: 1,
      nodeLeaseDurationSeconds: 16,
      kubeControllerManagerNodeMonitorPeriodMilliseconds: 2_000,
      kubeControllerManagerNodeMonitorGracePeriodMilliseconds: nodeGraceMs,
    },
    componentsPatches: [
      {
        name: "kube-apiserver",
        extraArgs: [
          ...["not-ready", "unreachable"].map((state) => ({
            key: `default-${state}-toleration-seconds`,
            value: String(goneNodeTolerationSeconds),
          })),
          // The names of the nodes are only data: without this the API server looks them up to reach their kubelet.
          { key: "kubelet-preferred-address-types", value: "InternalIP" },
        ],
      },
    ],
  };
  return [kwokctl, kwok, usage].map((document) => JSON.stringify(document, undefined, 2)).join("\n---\n");
}

const kwok = {
  apiVersion: "config.kwok.x-k8s.io/v1alpha1",
  kind: "KwokConfiguration",
  // Where pod addresses are counted from; nothing listens there.
  options: { cidr: "10.244.0.10/16" },
};

/** What metrics-server finds: the pod's annotations, or a lively little for everything else. */
const usage = {
  apiVersion: "kwok.x-k8s.io/v1alpha1",
  kind: "ClusterResourceUsage",
  metadata: { name: "usage" },
  spec: {
    usages: [
      {
        usage: {
          cpu: {
            expression: `"bed.podbook.dev/usage-cpu" in pod.metadata.annotations
              ? Quantity(pod.metadata.annotations["bed.podbook.dev/usage-cpu"]) * (0.8 + Rand() * 0.4)
              : Quantity("12m") * (0.5 + Rand())`,
          },
          memory: {
            expression: `"bed.podbook.dev/usage-memory" in pod.metadata.annotations
              ? Quantity(pod.metadata.annotations["bed.podbook.dev/usage-memory"])
              : Quantity("48Mi")`,
          },
        },
      },
    ],
  },
};
