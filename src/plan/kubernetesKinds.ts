/** Where the API serves a kind. */
export interface KindPlace {
  /** As `kubectl` names it in the plural, and as the API's path does. */
  readonly plural: string;
  readonly singular: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
}

const core = (plural: string, singular: string, namespaced = true): KindPlace => ({
  plural,
  singular,
  group: "",
  version: "v1",
  namespaced,
});

const grouped = (group: string, plural: string, singular: string, namespaced = true, version = "v1"): KindPlace => ({
  plural,
  singular,
  group,
  version,
  namespaced,
});

const rbac = "rbac.authorization.k8s.io";

const places: readonly KindPlace[] = [
  core("pods", "pod"),
  core("services", "service"),
  core("configmaps", "configmap"),
  core("secrets", "secret"),
  core("endpoints", "endpoints"),
  core("events", "event"),
  core("serviceaccounts", "serviceaccount"),
  core("persistentvolumeclaims", "persistentvolumeclaim"),
  core("replicationcontrollers", "replicationcontroller"),
  core("resourcequotas", "resourcequota"),
  core("limitranges", "limitrange"),
  core("nodes", "node", false),
  core("namespaces", "namespace", false),
  core("persistentvolumes", "persistentvolume", false),
  grouped("apps", "deployments", "deployment"),
  grouped("apps", "statefulsets", "statefulset"),
  grouped("apps", "daemonsets", "daemonset"),
  grouped("apps", "replicasets", "replicaset"),
  grouped("batch", "jobs", "job"),
  grouped("batch", "cronjobs", "cronjob"),
  grouped("autoscaling", "horizontalpodautoscalers", "horizontalpodautoscaler", true, "v2"),
  grouped("policy", "poddisruptionbudgets", "poddisruptionbudget"),
  grouped("networking.k8s.io", "ingresses", "ingress"),
  grouped("networking.k8s.io", "networkpolicies", "networkpolicy"),
  grouped("discovery.k8s.io", "endpointslices", "endpointslice"),
  grouped("storage.k8s.io", "storageclasses", "storageclass", false),
  grouped(rbac, "roles", "role"),
  grouped(rbac, "rolebindings", "rolebinding"),
  grouped(rbac, "clusterroles", "clusterrole", false),
  grouped(rbac, "clusterrolebindings", "clusterrolebinding", false),
];

const byPlural = new Map(places.map((place) => [place.plural, place]));

/** Where a kind is served, by its plural as `readKubectl` gives it; undefined for kinds that extend the API. */
export function kindPlace(plural: string): KindPlace | undefined {
  return byPlural.get(plural);
}

/** The API path of a kind's collection; `namespace` is null for all namespaces and for kinds without one. */
export function collectionPath(place: KindPlace, namespace: string | null): string {
  const root = place.group === "" ? `/api/${place.version}` : `/apis/${place.group}/${place.version}`;
  const within = place.namespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}${within}/${place.plural}`;
}
