import { accessRequests } from "../plan/access.ts";
import { type Impact, uncountable } from "../plan/impact.ts";
import type { KubectlAction, Plan } from "../plan/plan.ts";
import type { Preview } from "../plan/preview.ts";
import { ClusterError } from "./clusterError.ts";
import type { Connection } from "./connection.ts";

/** Gives the connection for a context that a plan names. */
export type ConnectionFor = (context: string) => Promise<Connection>;

/**
 * Counts what the changing commands of a plan hit, and asks what the user may do. A cluster that cannot be asked is
 * said in the preview, not raised: the person decides with what is known.
 */
export async function previewPlan(plan: Plan, connect: ConnectionFor, signal: AbortSignal): Promise<Preview> {
  try {
    const [impacts, refused] = await Promise.all([
      Promise.all(
        plan.commands.map((command) =>
          Promise.all(
            command.actions
              .filter((action) => action.effect !== "read")
              .map((action) => impactOf(action, connect, signal)),
          ),
        ),
      ),
      refusedOf(plan, connect, signal),
    ]);
    return { impacts, refused, problem: null };
  } catch (error) {
    if (error instanceof ClusterError) return { impacts: [], refused: [], problem: `${error.message} ${error.advice}` };
    if (signal.aborted) return { impacts: [], refused: [], problem: "The cluster did not answer in time." };
    throw error;
  }
}

/** What may not be looked at cannot be counted; that is no reason to keep quiet about the rest of the plan. */
async function impactOf(action: KubectlAction, connect: ConnectionFor, signal: AbortSignal): Promise<Impact> {
  try {
    return await (await connect(action.target.context)).impact(action, signal);
  } catch (error) {
    if (error instanceof ClusterError && error.reason === "forbidden") {
      return uncountable(`cannot be counted: you may not look at it (${error.message})`);
    }
    throw error;
  }
}

async function refusedOf(plan: Plan, connect: ConnectionFor, signal: AbortSignal) {
  const byContext = Map.groupBy(
    plan.commands.flatMap((command) => command.actions),
    (action: KubectlAction) => action.target.context,
  );
  const answers = await Promise.all(
    [...byContext].map(async ([context, actions]) => {
      const requests = new Map(actions.flatMap(accessRequests).map((request) => [JSON.stringify(request), request]));
      return (await connect(context)).refused([...requests.values()], signal);
    }),
  );
  return answers.flat();
}
