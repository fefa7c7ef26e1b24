import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import type { ActionScript } from "../../recovery/actions.ts";
import type { RunResult } from "../../run/runResult.ts";
import { workspaceDirectory } from "../directories.ts";
import type { PlanRunner } from "../planRunner.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import type { RunPreparation } from "../runPreparation.ts";

/** What scripts that put back are run with. */
export interface OnTargetParts {
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
}

/** Gives what runs scripts on a target as it was pinned, whatever became of the kubeconfig; see `DrillRestoringParts`. */
export function runOnTarget(pinned: PinnedTarget, { preparation, runner }: OnTargetParts) {
  return async ({ title, script }: ActionScript, agreed: boolean, because: string): Promise<RunResult | null> => {
    const prepared = await preparation.script(title, script, workspaceDirectory(), pinned);
    const agreements = agreed ? [prepared.plan] : [];
    const execution = await withNotice(title, (preparing) =>
      runner.run(prepared, { verb: "Put Back", preparing, because, agreed: agreements }),
    );
    return (await execution?.ended) ?? null;
  };
}
