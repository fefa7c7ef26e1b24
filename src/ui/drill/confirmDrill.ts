import { window } from "vscode";
import { failureWords } from "../../drill/failure.ts";
import { describePlan } from "../../plan/preview.ts";
import { rangeWords } from "../../recovery/recoveryClock.ts";
import { messageText, questionText } from "../shownText.ts";
import type { DrillPlan } from "./drillPlan.ts";
import { typeProtected } from "./protection.ts";

/** Shows all that a drill will do, the putting back included, and asks once; true where the person agrees. */
export async function confirmDrill(plan: DrillPlan): Promise<boolean> {
  const { failure, workload, scenario, pinned, connection } = plan;
  const run = "Run Drill";
  const question = `${failureWords(failure, workload)} as a drill of “${scenario.title}”?`;
  const detail = questionText(drillLines(plan).join("\n"));
  if ((await window.showWarningMessage(messageText(question), { modal: true, detail }, run)) !== run) return false;
  return typeProtected(pinned.target, connection, "run the drill");
}

function drillLines({ injection, scenario, way, interventions, restoring }: DrillPlan): string[] {
  const expected = scenario.expectedRecoverySeconds;
  const time = expected ? `the expected ${rangeWords(expected)}` : "60 s";
  const follows = {
    reading: "Then what detects and validates runs, and nothing that changes anything.",
    intervening: `Then what detects and validates runs. Where nothing has recovered in ${time}, this runs too:`,
    "with-me": "Then you follow the scenario; every change is asked for as always.",
  }[way];
  return [
    ...describePlan(injection.plan, injection.preview),
    "",
    follows,
    ...interventions.flatMap(({ prepared }) => ["", ...describePlan(prepared.plan, prepared.preview).slice(2)]),
    "",
    "Afterwards, however it ends, this is put back where the drill has changed it:",
    ...restoring,
  ];
}
