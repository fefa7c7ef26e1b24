import { commands, ProgressLocation, window } from "vscode";
import type { Execution } from "../run/planExecutor.ts";
import { shortResult } from "../run/runSummary.ts";
import { messageText } from "./shownText.ts";

/** A run that took longer than this, in ms, is worth a notification when nobody sees its end. */
const longMs = 10_000;

/** Shows in the status bar that a run goes on, and tells when a long one has ended out of sight. Never takes the focus. */
export async function followRun({ plan, ended }: Execution): Promise<void> {
  const location = ProgressLocation.Window;
  const result = await window.withProgress({ location, title: `Podbook: ${plan.title}` }, () => ended);
  if (result.durationMs < longMs || isSeen()) return;
  const show = "Show Output";
  const failed = result.outcome !== "exited" || result.exitCode !== 0;
  const tell = failed ? window.showWarningMessage : window.showInformationMessage;
  if ((await tell(messageText(`${plan.title}: ${shortResult(result)}`), show)) === show) {
    await commands.executeCommand("podbook.showOutput");
  }
}

/** Whether the person has the output before their eyes. */
function isSeen(): boolean {
  return (
    window.state.focused && window.visibleTextEditors.some(({ document }) => document.languageId === "podbook-output")
  );
}
