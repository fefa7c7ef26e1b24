import type { Block } from "../runbook/runbook.ts";
import type { Scenario } from "../runbook/scenarios.ts";
import { scenarioWorkloads } from "./scenarioSteps.ts";

/** A scenario that can be opened, with the workloads of it that are not well now. */
export interface ScenarioChoice<Place> {
  readonly place: Place;
  readonly scenario: Scenario;
  readonly unhealthy: readonly string[];
}

/** A runbook with where it is. */
export interface PlacedRunbook<Place> {
  readonly place: Place;
  readonly scenarios: readonly Scenario[];
  readonly blocks: readonly Block[];
}

/**
 * The scenarios of some runbooks: first those that begin with a workload which is not well now (`unhealthy` has their names),
 * then those that only mention one, then the others, each in the order of the runbooks.
 */
export function scenarioChoices<Place>(
  runbooks: readonly PlacedRunbook<Place>[],
  workloads: readonly string[],
  unhealthy: readonly string[],
): ScenarioChoice<Place>[] {
  const choices = runbooks.flatMap(({ place, scenarios, blocks }) =>
    scenarios.map((scenario) => {
      const within = blocks.filter(({ line }) => scenario.line <= line && line <= scenario.endLine);
      const named = scenarioWorkloads(within, workloads);
      const hit = named.filter((name) => unhealthy.includes(name));
      const [main] = named;
      const rank = hit.length === 0 ? 2 : main !== undefined && unhealthy.includes(main) ? 0 : 1;
      return { place, scenario, unhealthy: hit, rank };
    }),
  );
  return choices
    .sort((one, other) => one.rank - other.rank)
    .map(({ place, scenario, unhealthy: hit }) => ({ place, scenario, unhealthy: hit }));
}
