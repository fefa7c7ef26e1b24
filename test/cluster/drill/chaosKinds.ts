/** The kinds of the operators, as far as Podbook has to do with them; their controllers do not run here. */
const kinds = [
  ["chaos-mesh.org", "PodChaos", "podchaos"],
  ["chaos-mesh.org", "NetworkChaos", "networkchaos"],
  ["chaos-mesh.org", "PodNetworkChaos", "podnetworkchaos"],
  ["litmuschaos.io", "ChaosEngine", "chaosengines"],
  ["litmuschaos.io", "ChaosResult", "chaosresults"],
] as const;

const definition = ([group, kind, plural]: (typeof kinds)[number]) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: "Namespaced",
    names: { kind, plural, singular: kind.toLowerCase() },
    versions: [
      {
        name: "v1alpha1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
});

const experiments = [
  { apiVersion: "chaos-mesh.org/v1alpha1", kind: "PodChaos", metadata: { name: "kill" }, spec: { action: "pod-kill" } },
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "NetworkChaos",
    metadata: { name: "slow" },
    spec: { action: "delay" },
  },
  { apiVersion: "chaos-mesh.org/v1alpha1", kind: "PodNetworkChaos", metadata: { name: "inner" }, spec: {} },
  {
    apiVersion: "litmuschaos.io/v1alpha1",
    kind: "ChaosEngine",
    metadata: { name: "engine" },
    spec: { engineState: "active" },
  },
  { apiVersion: "litmuschaos.io/v1alpha1", kind: "ChaosResult", metadata: { name: "engine-result" }, spec: {} },
];

/** The names of the definitions of their kinds, as `kubectl delete crd` takes them. */
export const chaosDefinitions = kinds.map(([group, , plural]) => `${plural}.${group}`);

/** Their kinds, as a file that `kubectl create` takes. */
export const chaosKinds = JSON.stringify({ apiVersion: "v1", kind: "List", items: kinds.map(definition) });

/** Some of them, as a file that `kubectl create` takes. */
export const chaosObjects = JSON.stringify({ apiVersion: "v1", kind: "List", items: experiments });
