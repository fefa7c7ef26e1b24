import { homedir } from "node:os";
import { Uri, window, workspace } from "vscode";
import { kubeconfigFiles, pinTarget } from "../../cluster/kubeconfig.ts";
import type { RunRecord } from "../../journal/runRecord.ts";
import type { BlockCommands } from "../commands/blockCommands.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { PlanRunner } from "../planRunner.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { targetChoice } from "../settings.ts";
import { messageText } from "../shownText.ts";

/** What running again needs. */
export interface RunAgainParts {
  readonly runbooks: OpenRunbooks;
  readonly blocks: BlockCommands;
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
}

/**
 * Runs again what a record tells: a block as it stands in its runbook now, an action by its script. It is planned, counted
 * and asked about anew.
 */
export async function runAgain(record: RunRecord, parts: RunAgainParts): Promise<void> {
  if (!(await mayRun())) return;
  if (record.start.origin.runbook === null) await runActionAgain(record, parts);
  else await runBlockAgain(record.start.origin.runbook, record, parts);
}

async function runBlockAgain(
  runbook: string,
  { start }: RunRecord,
  { runbooks, blocks }: RunAgainParts,
): Promise<void> {
  const uri = Uri.parse(runbook);
  const document = await workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => undefined,
  );
  const followed = document && runbooks.blocks(document).find(({ block }) => block.id === start.origin.block);
  if (!document || !followed) {
    const where = document ? "This block is no longer in" : "There is no longer a runbook";
    await window.showWarningMessage(messageText(`Not run: ${where} ${workspace.asRelativePath(uri)}.`));
    return;
  }
  const { command } = start.origin;
  const line = command === null ? -1 : lineOf(followed.block.text, command);
  if (command !== null && line === -1) {
    await window.showWarningMessage("Not run: this command is no longer in its block.");
    return;
  }
  await blocks.run(document, followed, command === null ? "block" : { commandLine: line });
}

async function runActionAgain({ start }: RunRecord, { preparation, runner }: RunAgainParts): Promise<void> {
  const choice = { ...targetChoice(), ...start.target };
  const pinned = await pinTarget(kubeconfigFiles(choice.kubeconfig, process.env, homedir()), choice);
  const prepared = await preparation.script(start.title, start.script, start.directory, pinned);
  await withNotice(start.title, (preparing) => runner.run(prepared, { verb: "Run Again", preparing }));
}

/** The zero-based line of a block's text at which a command begins; -1 where it is not there. */
function lineOf(text: string, command: string): number {
  const at = text.indexOf(command);
  return at === -1 ? -1 : text.slice(0, at).split("\n").length - 1;
}
