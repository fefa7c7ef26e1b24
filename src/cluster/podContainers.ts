import type { ApiContainerState, ApiPod } from "./apiTypes.ts";
import { endWords } from "./podTrouble.ts";

/** What Podbook keeps of a container. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Init containers run one after the other before the rest; sidecars are init containers that stay. */
  readonly role: "main" | "init" | "sidecar";
  /** In a word, as in "running", "CrashLoopBackOff" or "ended with exit code 1 (Error)". */
  readonly state: string;
  readonly ready: boolean;
  readonly failed: boolean;
  readonly restarts: number;
}

/** The containers of a pod, init containers first, as its spec has them. */
export function podContainers(pod: ApiPod): Container[] {
  const init = (pod.spec?.initContainers ?? []).map((one) => ({
    ...one,
    role: one.restartPolicy === "Always" ? ("sidecar" as const) : ("init" as const),
  }));
  const main = (pod.spec?.containers ?? []).map((one) => ({ ...one, role: "main" as const }));
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return [...init, ...main].map(({ name, image, role }) => {
    const status = statuses.find((one) => one.name === name);
    const { state = {} } = status ?? {};
    return {
      name,
      image: image ?? "",
      role,
      state: stateWords(state),
      ready: status?.ready ?? false,
      failed: (state.terminated?.exitCode ?? 0) !== 0 || isStuck(state.waiting?.reason),
      restarts: status?.restartCount ?? 0,
    };
  });
}

function stateWords({ running, terminated, waiting }: ApiContainerState): string {
  if (running) return "running";
  if (terminated) return (terminated.exitCode ?? 0) === 0 ? "completed" : endWords("", terminated).trim();
  return waiting?.reason ?? "not started";
}

function isStuck(reason: string | undefined): boolean {
  return reason !== undefined && !["ContainerCreating", "PodInitializing"].includes(reason);
}
