import type { Kubectl } from "../kubectl.ts";
import { listWorkloads } from "./failure.ts";

/**
 * Takes out of the templates what a drill has broken in them and did not put back, as where its test was ended: `kubectl
 * apply` leaves alone what the manifests do not name, and refuses probes and strategies of two kinds at once.
 */
export async function mendDrills(kubectl: Kubectl, namespace: string): Promise<void> {
  for (const { kind, metadata, spec } of await listWorkloads(kubectl, namespace)) {
    const [{ command, readinessProbe }] = spec.template.spec.containers;
    const container = "/spec/template/spec/containers/0";
    const patch = [
      ...(command ? [{ op: "remove", path: `${container}/command` }] : []),
      ...(readinessProbe?.tcpSocket ? [{ op: "remove", path: `${container}/readinessProbe` }] : []),
      ...(spec.strategy?.type === "Recreate"
        ? [{ op: "replace", path: "/spec/strategy", value: { type: "RollingUpdate" } }]
        : []),
    ];
    if (patch.length === 0) continue;
    await kubectl(["patch", kind, metadata.name, "-n", namespace, "--type=json", "-p", JSON.stringify(patch)]);
  }
}
