import { window } from "vscode";
import type { Scenario } from "../../runbook/scenarios.ts";

/** The scenario that the cursor stands in. */
export function scenarioAtCursor(scenarios: readonly Scenario[]): Scenario | undefined {
  const line = window.activeTextEditor?.selection.active.line ?? -1;
  return scenarios.find((scenario) => scenario.line <= line && line <= scenario.endLine);
}
