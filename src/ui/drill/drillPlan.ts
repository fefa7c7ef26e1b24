import type { TextDocument } from "vscode";
import type { Connection } from "../../cluster/connection.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import type { FailureKind } from "../../drill/failure.ts";
import type { WorkloadState } from "../../drill/workloadState.ts";
import type { PreparedRun } from "../../run/preparedRun.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { Scenario } from "../../runbook/scenarios.ts";

/** Who follows the scenario: Podbook, reading only or with the runbook's interventions too, or the person. */
export type DrillWay = "reading" | "intervening" | "with-me";

/** A block of the runbook with the plan that the person sees before the drill. */
export interface PlannedBlock {
  readonly block: Block;
  readonly prepared: PreparedRun;
}

/** A drill as the person has chosen it. */
export interface DrillPlan {
  readonly document: TextDocument;
  readonly scenario: Scenario;
  readonly pinned: PinnedTarget;
  readonly connection: Connection;
  readonly failure: FailureKind;
  /** Name of the workload that is broken. */
  readonly workload: string;
  readonly injection: PreparedRun;
  /** All workloads of the namespace before the drill. */
  readonly before: readonly WorkloadState[];
  readonly way: DrillWay;
  /** What runs by itself where nothing recovers in time; empty where the person follows the scenario, or Podbook only reads. */
  readonly interventions: readonly PlannedBlock[];
  /** Commands that put back what the drill changes; the person sees them before, and is not asked again. */
  readonly restoring: readonly string[];
}
