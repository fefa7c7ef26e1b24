import type { Bed } from "../bed.ts";
import { awaitDemo, demoNamespace } from "../demo.ts";
import { BedError } from "../errors.ts";
import { type Kubectl, kubectlFor } from "../kubectl.ts";
import { bedPaths } from "../state.ts";
import { failAnnotation, listWorkloads, podsOf } from "./failure.ts";
import { nodesUp } from "./node.ts";
import { mendTemplates } from "./template.ts";

/** Undoes every failure `breakWorkload` made, and waits until the demo is well again. Raises BedError. */
export async function mend(bed: Bed): Promise<void> {
  const kubectl = kubectlFor(bed.kubectl, bedPaths(bed));
  await nodesUp(kubectl);
  await resumeRollouts(kubectl);
  await clearFailures(kubectl, 5);
  const mended = await mendTemplates(kubectl, demoNamespace);
  await replaceStuckPods(kubectl, mended);
  await awaitDemo(kubectl, 90_000);
}

/** A rollout that someone has paused would keep the mended template from its pods. */
async function resumeRollouts(kubectl: Kubectl): Promise<void> {
  for (const { metadata, spec } of await listWorkloads(kubectl, demoNamespace)) {
    if (spec.paused) await kubectl(["rollout", "resume", `deployment/${metadata.name}`, "-n", demoNamespace]);
  }
}

/** Between kubectl's list and its change a pod can go, as those of a node that was down do: then it is tried anew. */
async function clearFailures(kubectl: Kubectl, attempts: number): Promise<void> {
  try {
    await kubectl(["annotate", "pods", "--all", "-n", demoNamespace, `${failAnnotation}-`]);
  } catch (error) {
    if (attempts === 1 || !(error instanceof BedError)) throw error;
    await clearFailures(kubectl, attempts - 1);
  }
}

/** A StatefulSet waits for its broken pod to become ready before it replaces it, so someone has to delete that pod. */
async function replaceStuckPods(kubectl: Kubectl, names: readonly string[]): Promise<void> {
  for (const workload of await listWorkloads(kubectl, demoNamespace)) {
    if (workload.kind !== "StatefulSet" || !names.includes(workload.metadata.name)) continue;
    const stuck = (await podsOf(kubectl, demoNamespace, workload)).filter(
      ({ status }) => !status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True"),
    );
    const podNames = stuck.map(({ metadata }) => metadata.name);
    if (podNames.length > 0) await kubectl(["delete", "pods", "-n", demoNamespace, ...podNames]);
  }
}
