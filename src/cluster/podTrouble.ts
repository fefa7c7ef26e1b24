import type { ApiCondition, ApiContainerState, ApiContainerStatus, ApiPod } from "./apiTypes.ts";
import type { Pod } from "./pod.ts";

/** How bad a pod is: `starting` becomes one of the others by itself, `done` has ended as it should. */
export type Severity = "ok" | "done" | "starting" | "warning" | "error";

/** Why a pod is not as it should be. */
export interface Trouble {
  readonly severity: Severity;
  /** In one line, without the time; empty where there is nothing to say. */
  readonly why: string;
  /** When that happened, in ms since the epoch; null where it is not known. */
  readonly at: number | null;
  /** The container that runs while its readiness probe does not succeed: why, the cluster's events tell. */
  readonly probed?: string;
}

type Ended = NonNullable<ApiContainerState["terminated"]>;

const pullReasons = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"];
const startingReasons = ["ContainerCreating", "PodInitializing"];
/** Longer messages of the cluster are cut: rows have one line, and a pod's model at most 1 KB. */
const longestWhy = 300;

/** What is wrong with a pod and how bad that is, as far as the pod itself says it. */
export function podTrouble(pod: ApiPod): Trouble {
  const { phase, reason, message } = pod.status ?? {};
  if (phase === "Succeeded") return trouble("done", "");
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const worst = containers.map((one) => containerTrouble(one, imageOf(pod, one.name))).find((one) => one !== null);
  if (reason) return trouble("error", message ? `${reason}: ${message}` : reason);
  if (pod.metadata.deletionTimestamp) return trouble("warning", "is being deleted");
  if (worst) return worst;
  return phase === "Failed" ? trouble("error", "failed") : waitingTrouble(pod);
}

/** No container has failed: the pod is well, on its way, or waits for something outside of it. */
function waitingTrouble(pod: ApiPod): Trouble {
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status === "False") {
    const gated = scheduled.reason === "SchedulingGated";
    return trouble(
      gated ? "warning" : "error",
      `no node takes it: ${scheduled.message || scheduled.reason || "not said"}`,
    );
  }
  if (pod.status?.phase !== "Running") return trouble("starting", "");
  const unready = (pod.status.containerStatuses ?? []).find((one) => !one.ready && one.state?.running);
  if (unready) {
    const ended = unready.lastState?.terminated;
    return ended
      ? trouble("warning", `${unready.name} is not ready; before, ${endWords(unready.name, ended)}`, ended.finishedAt)
      : {
          ...trouble("warning", `${unready.name} runs, but its readiness probe has not succeeded`),
          probed: unready.name,
        };
  }
  const ready = condition(pod, "Ready");
  if (ready?.status !== "False") return trouble("ok", "");
  return trouble("warning", `is not Ready: ${ready.message || ready.reason || "its node or a readiness gate says so"}`);
}

function containerTrouble(container: ApiContainerStatus, image: string): Trouble | null {
  const { name } = container;
  const { waiting, terminated } = container.state ?? {};
  if (terminated) return isFailure(terminated) ? ended(name, terminated) : null;
  const last = container.lastState?.terminated;
  const reason = waiting?.reason ?? "";
  if (!waiting || startingReasons.includes(reason)) return null;
  if (pullReasons.includes(reason)) {
    return trouble("error", `image ${image} of ${name} cannot be pulled: ${waiting.message || reason}`);
  }
  if (reason === "CrashLoopBackOff" && last) return ended(name, last);
  return reason === "" ? null : trouble("error", `${name}: ${waiting.message || reason}`);
}

function ended(name: string, end: Ended): Trouble {
  return trouble("error", endWords(name, end), end.finishedAt);
}

/** The same pod with what an event has said of its probe, and of which container where it has several. */
export function withProbeFailure(pod: Pod, message: string): Pod {
  const { severity, probed = "" } = pod.trouble;
  // Rows are narrow.
  const why = pod.containers.length > 1 ? `${probed}: ${message}` : message;
  return { ...pod, trouble: { ...trouble(severity, why), probed } };
}

/** As in "main ended with exit code 137 (OOMKilled)". */
export function endWords(name: string, end: Ended): string {
  const code = end.signal ? `signal ${end.signal}` : `exit code ${end.exitCode ?? 0}`;
  return `${name} ended with ${code}${end.reason ? ` (${end.reason})` : ""}`;
}

function isFailure(end: Ended): boolean {
  return (end.exitCode ?? 0) !== 0 || (end.signal ?? 0) !== 0;
}

function imageOf(pod: ApiPod, name: string): string {
  const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  return all.find((one) => one.name === name)?.image ?? "";
}

function condition(pod: ApiPod, type: string): ApiCondition | undefined {
  return pod.status?.conditions?.find((one) => one.type === type);
}

function trouble(severity: Severity, why: string, at?: string): Trouble {
  const line = why.replaceAll(/\s+/g, " ").trim();
  const time = Date.parse(at ?? "");
  const cut = line.length > longestWhy ? `${line.slice(0, longestWhy - 1)}…` : line;
  return { severity, why: cut, at: Number.isNaN(time) ? null : time };
}
