import type { Named } from "./follow.ts";

interface ContainerState {
  readonly waiting?: { readonly reason?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
}

/** The parts of a pod that the agent reads, as the API server sends them. */
export interface Pod extends Named {
  readonly metadata: Named["metadata"] & {
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly ports?: readonly { readonly containerPort: number }[];
      readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly restartCount?: number;
      readonly state?: ContainerState;
      readonly lastState?: ContainerState;
    }[];
  };
}

/** What the agent wants to know of a pod. */
export interface PodView {
  readonly name: string;
  readonly uid: string;
  readonly container: string;
  readonly port: number;
  readonly configMaps: readonly string[];
  readonly ready: boolean;
  readonly deleting: boolean;
  /** Names one start of the container; undefined while it does not run. */
  readonly instance: string | undefined;
  /** How the last start ended, if one has. */
  readonly ended: { readonly reason: string; readonly exitCode: number } | undefined;
}

/** Reads a pod by its first container; undefined for one without a port. */
export function viewPod(pod: Pod): PodView | undefined {
  const container = pod.spec.containers[0];
  const port = container?.ports?.[0]?.containerPort;
  if (!container || !port) return undefined;
  const status = pod.status?.containerStatuses?.[0];
  const running = status?.state?.running;
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  return {
    name: pod.metadata.name,
    uid: pod.metadata.uid,
    container: container.name,
    port,
    configMaps: (container.envFrom ?? []).flatMap((source) => source.configMapRef?.name ?? []),
    ready: pod.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false,
    deleting: pod.metadata.deletionTimestamp !== undefined,
    instance: running ? `${status?.restartCount ?? 0}@${running.startedAt ?? ""}` : undefined,
    ended: ended && { reason: ended.reason ?? "Error", exitCode: ended.exitCode ?? 0 },
  };
}

/** The parts of an EndpointSlice that the agent reads. */
export interface EndpointSlice extends Named {
  readonly metadata: Named["metadata"] & { readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?:
    | readonly {
        readonly conditions?: { readonly ready?: boolean };
        readonly targetRef?: { readonly kind?: string; readonly name?: string };
      }[]
    | null;
}

/** For each service, the names of the pods that take its traffic. */
export function podsOfServices(slices: Iterable<EndpointSlice>): Map<string, string[]> {
  const services = new Map<string, string[]>();
  for (const slice of slices) {
    const service = slice.metadata.labels?.["kubernetes.io/service-name"];
    if (!service) continue;
    const pods = (slice.endpoints ?? [])
      .filter((one) => one.conditions?.ready !== false && one.targetRef?.kind === "Pod")
      .flatMap((one) => one.targetRef?.name ?? []);
    services.set(service, [...(services.get(service) ?? []), ...pods]);
  }
  return services;
}
