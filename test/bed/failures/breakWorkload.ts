import type { Bed } from "../bed.ts";
import { demoNamespace } from "../demo.ts";
import { kubectlFor } from "../kubectl.ts";
import { bedPaths } from "../state.ts";
import { type FailureKind, failAnnotation, findWorkload, podsOf } from "./failure.ts";
import { nodeDown } from "./node.ts";
import { breakTemplate } from "./template.ts";

/**
 * Makes a workload of the demo fail, and says in a sentence what was done. `kill` and `oom` hit its oldest pod,
 * `crash-loop` and `not-ready` all of its pods, `image-pull` and `pending` its template, `node-down` the node its oldest
 * pod is on. Raises BedError `unknown-workload`, `command-failed`.
 */
export async function breakWorkload(bed: Bed, kind: FailureKind, name: string): Promise<string> {
  const kubectl = kubectlFor(bed.kubectl, bedPaths(bed));
  const workload = await findWorkload(kubectl, demoNamespace, name);
  const pods = await podsOf(kubectl, demoNamespace, workload);
  const [oldest] = pods;
  const podNames = pods.map(({ metadata }) => metadata.name);
  const container = workload.spec.template.spec.containers[0];
  const annotate = (names: readonly string[], failure: FailureKind): Promise<string> =>
    kubectl(["annotate", "pods", "-n", demoNamespace, "--overwrite", ...names, `${failAnnotation}=${failure}`]);
  switch (kind) {
    case "kill":
      await kubectl(["delete", "pod", oldest.metadata.name, "-n", demoNamespace, "--grace-period=0", "--force"]);
      return `Pod ${oldest.metadata.name} was deleted without notice.`;
    case "crash-loop":
      await annotate(podNames, kind);
      return `Every pod of ${name} (${podNames.length}) crashes a second after each start.`;
    case "not-ready":
      await annotate(podNames, kind);
      return `Every pod of ${name} (${podNames.length}) fails its readiness probe.`;
    case "oom":
      await annotate([oldest.metadata.name], kind);
      return `Pod ${oldest.metadata.name} runs out of memory a second after each start.`;
    case "image-pull": {
      const image = `${container.image.replace(/:[^:/]*$/, "")}:does-not-exist`;
      await breakTemplate(kubectl, demoNamespace, workload, { image });
      return `${name} was given the image ${image}, which cannot be pulled.`;
    }
    case "pending":
      await breakTemplate(kubectl, demoNamespace, workload, {
        resources: { requests: { cpu: "64" }, limits: { cpu: "64" } },
      });
      return `${name} now asks for 64 CPUs for each pod, more than any node has.`;
    case "node-down": {
      const node = oldest.spec.nodeName ?? "";
      await nodeDown(kubectl, node);
      return `Node ${node} fell silent; it shows NotReady after about 20 s, and its pods are replaced 15 s later.`;
    }
  }
}
