import { ensureNodes } from "../cluster.ts";
import type { Kubectl } from "../kubectl.ts";

const leases = "kube-node-lease";
/** Who holds the lease of a node that is down: not the simulated kubelet, which then leaves the node and its pods alone. */
const holder = "bed-node-down";

interface Lease {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly holderIdentity?: string };
}

/** Silences a node as a power cut does: the controllers find out by themselves. */
export async function nodeDown(kubectl: Kubectl, node: string): Promise<void> {
  const yearSeconds = 365 * 24 * 3600;
  const renewTime = new Date().toISOString().replace("Z", "000Z");
  await patchLease(kubectl, node, { holderIdentity: holder, leaseDurationSeconds: yearSeconds, renewTime });
}

/** Lets the simulated kubelet have every node back. */
export async function nodesUp(kubectl: Kubectl): Promise<void> {
  const { items } = JSON.parse(await kubectl(["get", "leases", "-n", leases, "-o", "json"])) as { items: Lease[] };
  const down = items.filter(({ spec }) => spec.holderIdentity === holder).map(({ metadata }) => metadata.name);
  for (const node of down) await patchLease(kubectl, node, { holderIdentity: null, leaseDurationSeconds: 1 });
  await ensureNodes(kubectl);
}

function patchLease(kubectl: Kubectl, node: string, spec: object): Promise<string> {
  return kubectl(["patch", "lease", node, "-n", leases, "--type=merge", "-p", JSON.stringify({ spec })]);
}
