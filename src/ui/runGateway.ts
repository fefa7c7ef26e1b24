import { Gateway } from "../cluster/gateway/gateway.ts";
import { UserProxies } from "../cluster/gateway/userProxies.ts";
import type { PinnedTarget } from "../cluster/kubeconfig.ts";
import type { Connections } from "./connections.ts";

/** The way of a run to the services of its target; the cluster is asked nothing until the run asks for one. The caller closes it. */
export function openRunGateway(connections: Connections, pinned: PinnedTarget, script: string): Promise<Gateway> {
  const reach = async () => (await connections.get(pinned, pinned.target.context)).services;
  const { namespace } = pinned.target;
  return Gateway.open({ reach, proxies: new UserProxies(process.env), namespace, script });
}
