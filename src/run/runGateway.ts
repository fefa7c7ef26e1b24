import { Gateway } from "../cluster/gateway/gateway.ts";
import { gatewayEnvironment } from "../cluster/gateway/gatewayEnvironment.ts";
import { UserProxies } from "../cluster/gateway/userProxies.ts";
import type { Connect } from "./planExecutor.ts";
import type { PreparedRun } from "./preparedRun.ts";

/** A gateway for one run, with the variables that lead the run to it. */
export interface RunGateway {
  /** What is set on top of `own`, the environment that the run would have without it. */
  variables(own: NodeJS.ProcessEnv): Record<string, string>;
  close(): Promise<void>;
}

/**
 * The way of a run to the services of its target; the cluster is asked nothing until the run asks for one. Null where the run
 * has no cluster. The caller closes it.
 */
export async function openRunGateway(
  { plan, pinned }: Pick<PreparedRun, "plan" | "pinned">,
  connect: Connect,
  environment: NodeJS.ProcessEnv,
): Promise<RunGateway | null> {
  if (!pinned) return null;
  const { script } = plan;
  const { context, namespace } = pinned.target;
  const reach = async () => (await connect(pinned, context)).services;
  const gateway = await Gateway.open({ reach, proxies: new UserProxies(environment), namespace, script });
  const place = { url: gateway.url, apiServer: pinned.server, script };
  return {
    variables: (own) => gatewayEnvironment(own, place),
    close: () => gateway.close(),
  };
}
