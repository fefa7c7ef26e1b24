import type { ApiContainerStatus, ApiPod } from "./apiTypes.ts";

/** A pod's line of `kubectl get pods`, but for the ages, which need the time of looking. */
export interface PodStatus {
  /** STATUS. */
  readonly text: string;
  /** READY: ready of all containers, restartable init containers included. */
  readonly ready: number;
  readonly total: number;
  /** RESTARTS, with the time of the last one in ms since the epoch where it is known. */
  readonly restarts: number;
  readonly lastRestartAt: number | null;
}

interface Restarts {
  count: number;
  lastAt: number | null;
}

/**
 * READY, STATUS and RESTARTS exactly as kubectl prints them. The rule is `printPod` of Kubernetes 1.34
 * (pkg/printers/internalversion/printers.go), which the API server uses for its tables.
 */
export function podStatus(pod: ApiPod): PodStatus {
  const init = initStatus(pod);
  const containers = pod.status?.containerStatuses ?? [];
  let text = init.text ?? phaseText(pod);
  let ready = init.ready;
  let restarts = init.all;
  if (init.text === null || hasCondition(pod, "Initialized")) {
    restarts = init.restartable;
    let running = false;
    for (const container of containers.toReversed()) {
      addRestarts(restarts, container);
      const reason = endedReason(container, "");
      if (reason !== null) text = reason;
      else if (container.ready && container.state?.running) {
        running = true;
        ready++;
      }
    }
    if (text === "Completed" && running) text = hasCondition(pod, "Ready") ? "Running" : "NotReady";
  }
  if (pod.metadata.deletionTimestamp) text = deletedText(pod, text);
  const total = (pod.spec?.containers ?? []).length + restartableNames(pod).size;
  return { text, ready, total, restarts: restarts.count, lastRestartAt: restarts.lastAt };
}

function phaseText(pod: ApiPod): string {
  const gated = pod.status?.conditions?.some(
    (condition) => condition.type === "PodScheduled" && condition.reason === "SchedulingGated",
  );
  return gated ? "SchedulingGated" : pod.status?.reason || pod.status?.phase || "";
}

/** What the init containers say: `text` is null once they are all done or, where restartable, started. */
function initStatus(pod: ApiPod): { text: string | null; ready: number; all: Restarts; restartable: Restarts } {
  const restartableInit = restartableNames(pod);
  const all: Restarts = { count: 0, lastAt: null };
  const restartable: Restarts = { count: 0, lastAt: null };
  let ready = 0;
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const canRestart = restartableInit.has(container.name);
    addRestarts(all, container);
    if (canRestart) addRestarts(restartable, container);
    const terminated = container.state?.terminated;
    if (terminated && (terminated.exitCode ?? 0) === 0) continue;
    if (canRestart && container.started) {
      if (container.ready) ready++;
      continue;
    }
    const reason = container.state?.waiting?.reason === "PodInitializing" ? null : endedReason(container, "Init:");
    const text = reason ?? `Init:${index}/${pod.spec?.initContainers?.length ?? 0}`;
    return { text, ready, all, restartable };
  }
  return { text: null, ready, all, restartable };
}

/** Why a container waits or how it ended; null for one that runs. */
function endedReason(container: ApiContainerStatus, prefix: string): string | null {
  const { waiting, terminated } = container.state ?? {};
  if (prefix === "" && waiting?.reason) return waiting.reason;
  if (terminated?.reason) return prefix + terminated.reason;
  if (terminated?.signal) return `${prefix}Signal:${terminated.signal}`;
  if (terminated) return `${prefix}ExitCode:${terminated.exitCode ?? 0}`;
  return waiting?.reason ? prefix + waiting.reason : null;
}

function deletedText(pod: ApiPod, text: string): string {
  if (pod.status?.reason === "NodeLost") return "Unknown";
  const phase = pod.status?.phase;
  return phase === "Succeeded" || phase === "Failed" ? text : "Terminating";
}

function addRestarts(restarts: Restarts, container: ApiContainerStatus): void {
  restarts.count += container.restartCount ?? 0;
  const finishedAt = Date.parse(container.lastState?.terminated?.finishedAt ?? "");
  if (!Number.isNaN(finishedAt)) restarts.lastAt = Math.max(restarts.lastAt ?? finishedAt, finishedAt);
}

function restartableNames(pod: ApiPod): Set<string> {
  const restartable = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === "Always");
  return new Set(restartable.map((container) => container.name));
}

function hasCondition(pod: ApiPod, type: string): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}
