import type { Connection } from "../../cluster/connection.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import { type DrillChanges, type RestoringStep, restoring, restoringScript } from "../../drill/restoring.ts";
import { differences } from "../../drill/workloadState.ts";
import type { RunResult } from "../../run/runResult.ts";
import { workspaceDirectory } from "../directories.ts";
import type { PlanRunner } from "../planRunner.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import type { RunPreparation } from "../runPreparation.ts";

/** What a drill is put back with. */
export interface DrillRestoringParts {
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
  readonly pinned: PinnedTarget;
  readonly connection: Connection;
  /** Commands that the person has agreed to before. */
  readonly agreed: readonly string[];
}

const patienceMs = 10_000;

/**
 * Puts back what a drill has changed: first what the person has agreed to, then, after a question, what somebody else has
 * changed since or was not to be foreseen. Gives what is not as before then.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function restoreDrill(changes: DrillChanges, parts: DrillRestoringParts): Promise<string[]> {
  const { namespace } = parts.pinned.target;
  const states = () => parts.connection.workloadStates(AbortSignal.timeout(patienceMs));
  const { steps } = restoring(changes, await states(), namespace);
  const isKnown = ({ commands, foreign }: RestoringStep) =>
    foreign === null && commands.every((command) => parts.agreed.includes(command));
  const known = await runSteps(steps.filter(isKnown), true, parts);
  const asked = await runSteps(
    steps.filter((step) => !isKnown(step)),
    false,
    parts,
  );
  const left = differences(changes.before, await states());
  // A step that was declined stands among the differences.
  const failed = [known, asked].some((result) => result !== null && result.exitCode !== 0);
  return failed && left.length === 0 ? ["what was put back is not whole yet: see the output"] : left;
}

/** Null where nothing ran. */
async function runSteps(
  steps: readonly RestoringStep[],
  agreed: boolean,
  parts: DrillRestoringParts,
): Promise<RunResult | null> {
  if (steps.length === 0) return null;
  const { preparation, runner, pinned } = parts;
  const { title, script } = restoringScript(steps, pinned.target.namespace);
  const prepared = await preparation.script(title, script, workspaceDirectory(), pinned);
  const foreign = steps.flatMap((step) => step.foreign ?? []);
  const because = foreign.length > 0 ? `Somebody else may have changed this since: ${foreign.join(", ")}. ` : "";
  const agreements = agreed ? [{ script: prepared.plan.script, target: pinned.target }] : [];
  const execution = await withNotice(title, (preparing) =>
    runner.run(prepared, { verb: "Put Back", preparing, because, agreed: agreements }),
  );
  return (await execution?.ended) ?? null;
}
