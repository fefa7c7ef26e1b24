import { kubernetesVersion } from "./go/modules.ts";

/** The parts of a node's manifest that are looked at here; kubectl reads the rest. */
export interface NodeManifest {
  readonly metadata: { readonly name: string; readonly annotations: object; readonly labels: object };
  readonly [field: string]: unknown;
}

/** The size of a node. */
export interface NodeSize {
  readonly cpu: string;
  readonly memory: string;
  readonly pods: string;
}

/** The label of the nodes that exist only for `scale`; their taint keeps other pods away. */
export const scaleNodeLabel = "bed.podbook.dev/scale";

const worker: NodeSize = { cpu: "4", memory: "16Gi", pods: "110" };

/** The three workers of every bed. */
export function workerNodes(): NodeManifest[] {
  return [1, 2, 3].map((number) => node(`worker-${number}`, worker, {}));
}

/** The nth node for `scale`, with room for `podsPerNode` pods. */
export function scaleNode(number: number, podsPerNode: number): object {
  const size = { cpu: "64", memory: "256Gi", pods: String(podsPerNode) };
  return node(`scale-${number}`, size, { [scaleNodeLabel]: "true" });
}

function node(name: string, size: NodeSize, labels: Readonly<Record<string, string>>): NodeManifest {
  const capacity = { ...size, "ephemeral-storage": "100Gi" };
  const taints =
    scaleNodeLabel in labels ? { taints: [{ key: scaleNodeLabel, value: "true", effect: "NoSchedule" }] } : {};
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      // All simulated kubelets are one server: metrics-server must ask it for this node's figures.
      annotations: { "metrics.k8s.io/resource-metrics-path": `/metrics/nodes/${name}/metrics/resource` },
      labels: {
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node-role.kubernetes.io/worker": "",
        ...labels,
      },
    },
    spec: taints,
    status: {
      addresses: [
        // The simulated kubelet of every node listens on this machine's loopback and nowhere else.
        { type: "InternalIP", address: "127.0.0.1" },
        { type: "Hostname", address: name },
      ],
      capacity,
      allocatable: capacity,
      nodeInfo: {
        architecture: "amd64",
        bootID: "",
        containerRuntimeVersion: "containerd://2.1.4",
        kernelVersion: "6.1.0-32-amd64",
        kubeProxyVersion: "",
        kubeletVersion: kubernetesVersion,
        machineID: "",
        operatingSystem: "linux",
        osImage: "Debian GNU/Linux 12 (bookworm)",
        systemUUID: "",
      },
    },
  };
}
