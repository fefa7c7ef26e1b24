import type { Kubectl } from "../kubectl.ts";
import { listWorkloads, type Workload } from "./failure.ts";

/** Where a broken workload keeps the container it had before. */
const beforeAnnotation = "bed.podbook.dev/before";

/** Breaks a workload's first container in its template, as a bad release does; `rollout undo` mends it too. */
export async function breakTemplate(
  kubectl: Kubectl,
  namespace: string,
  workload: Workload,
  change: { readonly image?: string; readonly resources?: object },
): Promise<void> {
  const { name, image, resources = {} } = workload.spec.template.spec.containers[0];
  const before = workload.metadata.annotations?.[beforeAnnotation] ?? JSON.stringify({ name, image, resources });
  await patch(kubectl, namespace, workload, before, { name, ...change });
}

/** Gives every workload that `breakTemplate` broke its container back, and StatefulSets the pods that are stuck. */
export async function mendTemplates(kubectl: Kubectl, namespace: string): Promise<string[]> {
  const mended: string[] = [];
  for (const workload of await listWorkloads(kubectl, namespace)) {
    const before = workload.metadata.annotations?.[beforeAnnotation];
    if (before === undefined) continue;
    const { name, image, resources } = JSON.parse(before) as { name: string; image: string; resources: object };
    await patch(kubectl, namespace, workload, null, { name, image, resources: { $patch: "replace", ...resources } });
    mended.push(workload.metadata.name);
  }
  return mended;
}

function patch(
  kubectl: Kubectl,
  namespace: string,
  workload: Workload,
  before: string | null,
  container: object,
): Promise<string> {
  const body = {
    metadata: { annotations: { [beforeAnnotation]: before } },
    spec: { template: { spec: { containers: [container] } } },
  };
  const target = [workload.kind, workload.metadata.name, "-n", namespace];
  return kubectl(["patch", ...target, "--type=strategic", "-p", JSON.stringify(body)]);
}
