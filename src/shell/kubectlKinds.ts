/** Plural kind → the singular and the short names that kubectl and oc take for it. */
const names: Readonly<Record<string, string>> = {
  pods: "pod po",
  nodes: "node no",
  namespaces: "namespace ns",
  services: "service svc",
  deployments: "deployment deploy",
  statefulsets: "statefulset sts",
  daemonsets: "daemonset ds",
  replicasets: "replicaset rs",
  replicationcontrollers: "replicationcontroller rc",
  jobs: "job",
  cronjobs: "cronjob cj",
  configmaps: "configmap cm",
  secrets: "secret",
  endpoints: "endpoint ep",
  endpointslices: "endpointslice",
  events: "event ev",
  ingresses: "ingress ing",
  ingressclasses: "ingressclass",
  networkpolicies: "networkpolicy netpol",
  poddisruptionbudgets: "poddisruptionbudget pdb",
  persistentvolumes: "persistentvolume pv",
  persistentvolumeclaims: "persistentvolumeclaim pvc",
  storageclasses: "storageclass sc",
  volumeattachments: "volumeattachment",
  resourcequotas: "resourcequota quota",
  limitranges: "limitrange limits",
  serviceaccounts: "serviceaccount sa",
  roles: "role",
  rolebindings: "rolebinding",
  clusterroles: "clusterrole",
  clusterrolebindings: "clusterrolebinding",
  horizontalpodautoscalers: "horizontalpodautoscaler hpa",
  customresourcedefinitions: "customresourcedefinition crd crds",
  certificatesigningrequests: "certificatesigningrequest csr",
  componentstatuses: "componentstatus cs",
  controllerrevisions: "controllerrevision",
  leases: "lease",
  priorityclasses: "priorityclass pc",
  podtemplates: "podtemplate",
  apiservices: "apiservice",
  mutatingwebhookconfigurations: "mutatingwebhookconfiguration",
  validatingwebhookconfigurations: "validatingwebhookconfiguration",
  deploymentconfigs: "deploymentconfig dc",
  buildconfigs: "buildconfig bc",
  imagestreams: "imagestream is",
  routes: "route",
  projects: "project",
  clusteroperators: "clusteroperator co",
  machineconfigpools: "machineconfigpool mcp",
};

const builtInGroups = new Set(["apps", "batch", "autoscaling", "policy", "networking.k8s.io", "storage.k8s.io"]);

const plurals = new Map(
  Object.entries(names).flatMap(([plural, others]) => [plural, ...others.split(" ")].map((name) => [name, plural])),
);

/**
 * A kind as the API names it: `po` and `Pod` are `pods`, `deployments.apps` and `deployments.v1.apps` are `deployments`.
 * A kind that is not built in stays as it is written, in lower case, with its group.
 */
export function pluralKind(written: string): string {
  const lower = written.toLowerCase();
  const [name = "", ...rest] = lower.split(".");
  const group = (/^v\d/.test(rest[0] ?? "") ? rest.slice(1) : rest).join(".");
  const plural = plurals.get(name);
  return plural && (group === "" || builtInGroups.has(group)) ? plural : lower;
}

/** Whether this is a kind that Kubernetes or OpenShift brings, in any of its spellings. */
export function isBuiltInKind(written: string): boolean {
  return plurals.has(pluralKind(written));
}
