import type { PodView } from "./pods.ts";
import type { DatabaseUser } from "./postgresFiles.ts";

const api = "kwok.x-k8s.io/v1alpha1";
const plurals = { PortForward: "portforwards", Exec: "execs", Logs: "logs" } as const;

/** The kinds of object by which the simulated kubelet is told what stands behind a pod. */
export type KwokKind = keyof typeof plurals;

/** The path of one of a pod's objects: they are named as the pod. */
export function kwokPath(namespace: string, kind: KwokKind, pod: string): string {
  return `/apis/${api}/namespaces/${namespace}/${plurals[kind]}/${pod}`;
}

/** Connections to the pod's port reach the process; every other port is refused, as nothing listens there. */
export function portForward(namespace: string, pod: PodView, localPort: number): unknown {
  const target = { address: "127.0.0.1", port: localPort };
  return kwokObject(namespace, "PortForward", pod, { forwards: [{ ports: [pod.port], target }] });
}

/** What commands that are run in a pod find around them. */
export interface ExecSurroundings {
  readonly folder: string;
  readonly user: DatabaseUser | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Commands run on this machine, as an unprivileged user where we can be one, in an empty folder. */
export function exec(namespace: string, pod: PodView, around: ExecSurroundings): unknown {
  const securityContext = around.user && { runAsUser: around.user.uid, runAsGroup: around.user.gid };
  const envs = Object.entries(around.environment).map(([name, value]) => ({ name, value }));
  const local = { workDir: around.folder, envs, ...(securityContext && { securityContext }) };
  return kwokObject(namespace, "Exec", pod, { execs: [{ containers: [pod.container], local }] });
}

/** The container's logs are read from these files. */
export function logs(namespace: string, pod: PodView, files: { current: string; previous: string }): unknown {
  const log = { containers: [pod.container], logsFile: files.current, previousLogsFile: files.previous, follow: true };
  return kwokObject(namespace, "Logs", pod, { logs: [log] });
}

/** Owned by the pod, so that the cluster removes it even if the agent cannot. */
function kwokObject(namespace: string, kind: KwokKind, pod: PodView, spec: unknown): unknown {
  const owner = { apiVersion: "v1", kind: "Pod", name: pod.name, uid: pod.uid };
  return {
    apiVersion: api,
    kind,
    metadata: { name: pod.name, namespace, ownerReferences: [owner] },
    spec,
  };
}
