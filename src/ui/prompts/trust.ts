import { commands, window, workspace } from "vscode";

/** Whether the workspace is trusted; where not, the person is told how to change that. */
export async function mayRun(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const message =
    "Not run: this folder is not trusted, and a runbook can hold any command. Trust the folder to run it.";
  if ((await window.showWarningMessage(message, manage)) === manage) {
    await commands.executeCommand("workbench.trust.manage");
  }
  return false;
}
