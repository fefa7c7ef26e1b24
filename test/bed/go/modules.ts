/** One program to compile. */
export interface GoProgram {
  /** The name of the binary in the cache. */
  readonly name: string;
  /** The package whose `main` it is. */
  readonly importPath: string;
}

/** One Go module of this folder, with the programs that come from it. */
export interface GoModule {
  /** Its folder here. */
  readonly name: string;
  /** The module it is there to build, and the release of it. */
  readonly path: string;
  readonly version: string;
  /** Kubernetes alone: the release of the libraries its own go.mod takes from a folder of its repository. */
  readonly stagingVersion?: string;
  readonly programs: readonly GoProgram[];
  /** Values for the linker's -X: a client that parses the version must find a real one. */
  readonly linkValues: Readonly<Record<string, string>>;
  /** How long a first build takes on two cores, for the person who waits. */
  readonly usualMinutes: number;
}

/** The release of Kubernetes the bed runs. */
export const kubernetesVersion = "v1.34.4";
const kwokVersion = "v0.7.0";

const componentVersion = "k8s.io/component-base/version";

/** All modules, the one the others wait for longest first. Each has a go.mod of its own: together they do not compile. */
export const goModules: readonly GoModule[] = [
  {
    name: "kubernetes",
    path: "k8s.io/kubernetes",
    version: kubernetesVersion,
    stagingVersion: "v0.34.4",
    programs: [
      { name: "kube-apiserver", importPath: "k8s.io/kubernetes/cmd/kube-apiserver" },
      { name: "kube-controller-manager", importPath: "k8s.io/kubernetes/cmd/kube-controller-manager" },
      { name: "kube-scheduler", importPath: "k8s.io/kubernetes/cmd/kube-scheduler" },
      { name: "kubectl", importPath: "k8s.io/kubernetes/cmd/kubectl" },
    ],
    linkValues: {
      [`${componentVersion}.gitVersion`]: kubernetesVersion,
      [`${componentVersion}.gitMajor`]: "1",
      [`${componentVersion}.gitMinor`]: "34",
    },
    usualMinutes: 5,
  },
  {
    name: "kwok",
    path: "sigs.k8s.io/kwok",
    version: kwokVersion,
    programs: [
      { name: "kwok", importPath: "sigs.k8s.io/kwok/cmd/kwok" },
      { name: "kwokctl", importPath: "sigs.k8s.io/kwok/cmd/kwokctl" },
    ],
    linkValues: { "sigs.k8s.io/kwok/pkg/consts.Version": kwokVersion },
    usualMinutes: 2,
  },
  {
    name: "etcd",
    path: "go.etcd.io/etcd/server/v3",
    version: "v3.6.5",
    programs: [{ name: "etcd", importPath: "go.etcd.io/etcd/server/v3" }],
    linkValues: {},
    usualMinutes: 1,
  },
  {
    name: "metrics-server",
    path: "sigs.k8s.io/metrics-server",
    version: "v0.9.0",
    programs: [{ name: "metrics-server", importPath: "sigs.k8s.io/metrics-server/cmd/metrics-server" }],
    linkValues: {},
    usualMinutes: 2,
  },
];
