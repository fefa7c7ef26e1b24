import { commands, type Disposable, type LogOutputChannel, window } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import { PlanError } from "../../plan/planError.ts";
import { PrometheusError } from "../../prometheus/prometheusError.ts";
import { messageText } from "../shownText.ts";

/** What a command does; its arguments come from a lens, a tree item or, in the palette, from nowhere. */
export type CommandHandler = (...args: unknown[]) => Promise<void>;

/** Registers a command whose errors reach the person: what they can mend as a message, the rest with a way to the log. */
export function registerCommand(id: string, handler: CommandHandler, log: LogOutputChannel): Disposable {
  return commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await handler(...args);
    } catch (error) {
      await showError(error, log);
    }
  });
}

async function showError(error: unknown, log: LogOutputChannel): Promise<void> {
  if (error instanceof PlanError) {
    await window.showWarningMessage(messageText(error.message));
  } else if (error instanceof ClusterError || error instanceof PrometheusError) {
    const settings = "Open Settings";
    const choice = await window.showErrorMessage(messageText(`${error.message} ${error.advice}`), settings);
    if (choice === settings) await commands.executeCommand("workbench.action.openSettings", "@ext:podbook.podbook");
  } else {
    log.error(error instanceof Error ? error : String(error));
    const show = "Show Log";
    const why = error instanceof Error ? error.message : String(error);
    if ((await window.showErrorMessage(messageText(`Podbook could not do that: ${why}`), show)) === show) log.show();
  }
}
