import type { ApiLabelSelector } from "./labelSelector.ts";

/** The parts of the API's JSON that Podbook reads. Go's zero values are absent, so nearly everything is optional. */
export interface ObjectMeta {
  readonly name: string;
  readonly uid: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly uid?: string;
    readonly controller?: boolean;
  }[];
  readonly resourceVersion?: string;
}

export interface ApiContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: {
    readonly exitCode?: number;
    readonly signal?: number;
    readonly reason?: string;
    readonly finishedAt?: string;
  };
}

export interface ApiContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: ApiContainerState;
  readonly lastState?: ApiContainerState;
}

export interface ApiContainer {
  readonly name: string;
  readonly image?: string;
}

export interface ApiCondition {
  readonly type: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface ApiPod {
  readonly metadata: ObjectMeta;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly ApiContainer[];
    readonly initContainers?: readonly (ApiContainer & { readonly restartPolicy?: string })[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly ApiCondition[];
    readonly initContainerStatuses?: readonly ApiContainerStatus[];
    readonly containerStatuses?: readonly ApiContainerStatus[];
  };
}

/** What Deployments, StatefulSets and DaemonSets say of their replicas. */
export interface ApiWorkload {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly replicas?: number; readonly selector?: ApiLabelSelector };
  readonly status?: { readonly desiredNumberScheduled?: number };
}
