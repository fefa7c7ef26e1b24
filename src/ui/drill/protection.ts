import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import type { Target } from "../../plan/plan.ts";
import { isProtected } from "../../plan/protection.ts";
import { typeWords } from "../prompts/confirmPlan.ts";
import { protectedContexts } from "../settings.ts";

/** A namespace with this label has agreed to be broken. */
const label = "podbook.dev/drills";
const patienceMs = 10_000;

/**
 * Lets the person type what keeps things from being broken: the name of a protected context, and of a namespace that does not
 * carry the label `podbook.dev/drills=allowed`. False where they do not.
 */
export async function typeProtected(target: Target, connection: Connection, what: string): Promise<boolean> {
  const { context } = target;
  if (isProtected(context, protectedContexts())) {
    const prompt = `Type the context's name to ${what} there all the same.`;
    if (!(await typeWords(context, `${context} is protected`, prompt))) return false;
  }
  return typeUnlabelled(target, connection, what);
}

/** The same for the namespace alone, where the plan itself asks for the context. */
export async function typeUnlabelled({ namespace }: Target, connection: Connection, what: string): Promise<boolean> {
  if (await isAllowed(connection)) return true;
  const prompt = `Type the namespace's name to ${what} there all the same.`;
  return typeWords(namespace, `${namespace} has no label ${label}=allowed`, prompt);
}

/** Whoever may not read the namespace does not know that it is allowed. */
async function isAllowed(connection: Connection): Promise<boolean> {
  try {
    return (await connection.namespaceLabels(AbortSignal.timeout(patienceMs)))[label] === "allowed";
  } catch (error) {
    if (error instanceof ClusterError && error.reason === "forbidden") return false;
    throw error;
  }
}
