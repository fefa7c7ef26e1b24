import { type QuickPickItem, window } from "vscode";
import type { Pod } from "../../cluster/pod.ts";
import { isReady, type Workload } from "../../cluster/workload.ts";

/** Lets the person choose a workload; undefined when they leave. Those with a pod that is not ready come first. */
export async function pickWorkload(workloads: readonly Workload[], title: string): Promise<Workload | undefined> {
  const items = workloads.map((workload) => {
    const ready = workload.pods.filter(isReady).length;
    const wanted = workload.desired ?? workload.pods.length;
    return { ...item(workload.name, `${ready}/${wanted} ready · ${workload.kind}`, ready >= wanted), workload };
  });
  return (await window.showQuickPick(items.sort(unhealthyFirst), { title, matchOnDescription: true }))?.workload;
}

/** Lets the person choose a pod; undefined when they leave. Those that are not ready come first. */
export async function pickPod(workloads: readonly Workload[], title: string): Promise<Pod | undefined> {
  const pods = workloads.flatMap((workload) => workload.pods);
  const items = pods.map((pod) => ({ ...item(pod.name, pod.status.text, isReady(pod)), pod }));
  return (await window.showQuickPick(items.sort(unhealthyFirst), { title, matchOnDescription: true }))?.pod;
}

type HealthItem = QuickPickItem & { readonly healthy: boolean };

function item(name: string, words: string, healthy: boolean): HealthItem {
  return { label: `$(${healthy ? "pass" : "warning"}) ${name}`, description: words, healthy };
}

function unhealthyFirst(one: HealthItem, other: HealthItem): number {
  return Number(one.healthy) - Number(other.healthy);
}
