import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import { type DrillChanges, type RestoringStep, restoring, restoringScript } from "../../drill/restoring.ts";
import { differences } from "../../drill/workloadState.ts";
import type { ActionScript } from "../../recovery/actions.ts";
import type { RunResult } from "../../run/runResult.ts";
import { untilReachable } from "./settledWorkloads.ts";
import { statesOf } from "./statesOf.ts";

/** What a drill is put back with. */
export interface DrillRestoringParts {
  readonly connection: Connection;
  /** Runs a script on the drill's target; null where the person said no. `because` is empty where they are not asked. */
  readonly run: (script: ActionScript, agreed: boolean, because: string) => Promise<RunResult | null>;
  /** Commands that the person has agreed to before. */
  readonly agreed: readonly string[];
  readonly onProblem: (error: unknown) => void;
}

/** How often it is tried, and how long it is waited in between for a cluster that is away, in ms. */
const mostAttempts = 3;
const awayMs = 5 * 60_000;

/**
 * Puts back what a drill has changed: first what the person has agreed to, then, after a question, what somebody else has
 * changed since or was not to be foreseen. Waits for a cluster that is away. Gives what is not as before then.
 * @throws ClusterError where the cluster cannot be asked for long
 */
export async function restoreDrill(changes: () => DrillChanges, parts: DrillRestoringParts): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await restoreNow(changes(), parts);
    } catch (error) {
      if (!(error instanceof ClusterError) || attempt === mostAttempts) throw error;
      await untilReachable(parts.connection, awayMs, parts.onProblem);
    }
  }
}

async function restoreNow(changes: DrillChanges, { connection, run, agreed }: DrillRestoringParts): Promise<string[]> {
  const { namespace } = connection.pinned.target;
  const states = () => statesOf(connection);
  const { steps } = restoring(changes, await states(), namespace);
  const isKnown = ({ commands, foreign }: RestoringStep) =>
    foreign === null && commands.every((command) => agreed.includes(command));
  const [known, others] = [steps.filter(isKnown), steps.filter((step) => !isKnown(step))];
  const results = [
    known.length > 0 ? await run(restoringScript(known, namespace), true, "") : null,
    others.length > 0 ? await run(restoringScript(others, namespace), false, whyAsked(others)) : null,
  ];
  const left = differences(changes.before, await states());
  // A step that was declined stands among the differences.
  const failed = results.some((result) => result !== null && result.exitCode !== 0);
  return failed && left.length === 0 ? ["what was put back is not whole yet: see the output"] : left;
}

function whyAsked(steps: readonly RestoringStep[]): string {
  const foreign = steps.flatMap((step) => step.foreign ?? []);
  return foreign.length > 0 ? `Somebody else may have changed this since: ${foreign.join(", ")}. ` : "";
}
