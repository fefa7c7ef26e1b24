import type { Connections } from "../../cluster/connections.ts";
import { isWhole, type Workload } from "../../cluster/workload.ts";
import { healthOf } from "../../cluster/workloadHealth.ts";
import { type FailureTarget, injection } from "../../drill/failure.ts";
import { possibleRestoring } from "../../drill/restoring.ts";
import type { WorkloadState } from "../../drill/workloadState.ts";
import { changesAnyCluster, contextsOf, type Plan } from "../../plan/plan.ts";
import { PlanError } from "../../plan/planError.ts";
import { scenarioSteps, scenarioWorkloads } from "../../recovery/scenarioSteps.ts";
import { listItems } from "../../runbook/listItems.ts";
import { workspaceDirectory } from "../directories.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { serviceSettings } from "../settings.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import type { DrillPlan, PlannedBlock } from "./drillPlan.ts";
import { type PickedScenario, pickFailure, pickScenario, pickWay } from "./pickDrill.ts";
import { settledWorkloads } from "./settledWorkloads.ts";
import { statesOf } from "./statesOf.ts";

/** What a drill is prepared with. */
export interface PrepareDrillParts {
  readonly runbooks: OpenRunbooks;
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  readonly preparation: RunPreparation;
  readonly analysis: ShellAnalysis;
  readonly onProblem: (error: unknown) => void;
}

/** A failure that is not injected within this time is none, in ms. */
const injectionMs = 60_000;

/**
 * Lets the person choose a drill, and plans all of it; nothing runs. Undefined where they leave.
 * @throws PlanError where the scenario cannot be drilled now; ClusterError where the cluster cannot be asked
 */
export async function prepareDrill(row: unknown, parts: PrepareDrillParts): Promise<DrillPlan | undefined> {
  const { runbooks, targets, connections, preparation, onProblem } = parts;
  const picked = await pickScenario(row, runbooks);
  if (!picked) return undefined;
  const { document, scenario } = picked;
  const pinned = await targets.pin(document.uri, []);
  if (pinned === undefined) return undefined;
  if (pinned === null) throw new PlanError("not-configured", "There is no kubeconfig, so there is nothing to break.");
  const connection = await connections.get(pinned, pinned.target.context);
  const [workloads, before] = await Promise.all([settledWorkloads(connection, onProblem), statesOf(connection)]);
  const names = namesOf(picked, runbooks, workloads);
  requireWhole(names, workloads, scenario.title);
  const chosen = await pickFailure(failureTargets(names, workloads, before, pinned.target.namespace));
  if (!chosen) return undefined;
  const able = await interventionsOf(picked, parts);
  const way = await pickWay(able.length);
  if (!way) return undefined;
  const { title, script } = injection(chosen.failure, chosen.target);
  const prepared = await preparation.script(title, script, workspaceDirectory(), pinned);
  const interventions = way === "intervening" ? able : [];
  const touched = [...names, ...namesIn(interventions, before)];
  const scope = before.filter(({ name }) => touched.includes(name));
  return {
    document,
    scenario,
    pinned,
    connection,
    failure: chosen.failure,
    workload: chosen.target.state.name,
    injection: { ...prepared, plan: { ...prepared.plan, timeoutMs: injectionMs } },
    before,
    way,
    interventions,
    restoring: possibleRestoring(scope, pinned.target.namespace),
  };
}

/** Names of the workloads that a scenario is about. */
function namesOf({ document, scenario }: PickedScenario, runbooks: OpenRunbooks, workloads: readonly Workload[]) {
  const { blocks } = runbooks.runbook(document);
  const within = blocks.filter(({ line }) => scenario.line <= line && line <= scenario.endLine);
  return scenarioWorkloads(
    within,
    workloads.map(({ name }) => name),
  );
}

function requireWhole(names: readonly string[], workloads: readonly Workload[], scenario: string): void {
  if (names.length === 0) {
    const why = `No block of “${scenario}” names a workload of this namespace, so its recovery could not be seen.`;
    throw new PlanError("not-configured", `${why} Choose another scenario, or another target for this runbook.`);
  }
  const { whole, why } = healthOf(workloads, names, Date.now(), new Set(names));
  if (whole) return;
  throw new PlanError("not-configured", `Not drilled: ${why}. Start the drill when all of the scenario is well.`);
}

function failureTargets(
  names: readonly string[],
  workloads: readonly Workload[],
  before: readonly WorkloadState[],
  namespace: string,
): FailureTarget[] {
  const { services } = serviceSettings();
  return names.flatMap((name) => {
    const workload = workloads.find((one) => one.name === name && isWhole(one));
    const state = workload && before.find((one) => one.name === name && one.kind === workload.kind.toLowerCase());
    if (!workload || !state) return [];
    const pods = workload.pods.toSorted((one, other) => one.createdAt - other.createdAt).map((pod) => pod.name);
    const database = services.some((service) => service.name === name && service.database);
    return [{ state, namespace, selector: workload.selector, pods, database }];
  });
}

/** The changing blocks of a scenario whose values are all known, as plans. */
async function interventionsOf({ document, scenario }: PickedScenario, parts: PrepareDrillParts) {
  const { runbooks, analysis, preparation } = parts;
  const steps = scenarioSteps(runbooks.runbook(document), scenario, listItems(document.getText()));
  const blocks = steps
    .filter(({ purpose }) => purpose === "intervention")
    .flatMap((step) => step.parts.flatMap((part) => (part.kind === "block" ? [part.block] : [])));
  const planned: PlannedBlock[] = [];
  for (const block of blocks) {
    const found = await analysis.analyse(block.text, block.language);
    const plain = found.kind === "shell" && found.syntaxErrors.length === 0 && found.placeholders.length === 0;
    if (!plain || found.commands.every(({ effect }) => effect === "read")) continue;
    const prepared = await preparation.block(document, block, "block");
    if (prepared && staysWithin(prepared.plan)) planned.push({ block, prepared });
  }
  return planned;
}

/** Whether a plan changes nothing but its own target: only for that the person is asked before a drill. */
function staysWithin(plan: Plan): boolean {
  const contexts = contextsOf(plan).filter((context) => context !== plan.target?.context);
  return contexts.length === 0 && !changesAnyCluster(plan);
}

/** Names of the workloads that interventions name. */
function namesIn(interventions: readonly PlannedBlock[], before: readonly WorkloadState[]): string[] {
  return scenarioWorkloads(
    interventions.map(({ block }) => block),
    before.map(({ name }) => name),
  );
}
