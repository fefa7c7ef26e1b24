import type { PinnedTarget } from "../cluster/kubeconfig.ts";
import type { RunOrigin } from "../journal/runRecord.ts";
import type { Plan } from "../plan/plan.ts";
import type { Preview } from "../plan/preview.ts";

/** A plan with the target it was made and previewed for: the run uses this very kubeconfig, whatever changes meanwhile. */
export interface PreparedRun {
  readonly plan: Plan;
  readonly pinned: PinnedTarget | null;
  readonly preview: Preview;
  readonly origin: RunOrigin;
}

/** The origin of what is in no runbook, as recovery actions. */
export const noRunbook: RunOrigin = { runbook: null, block: null, command: null };
