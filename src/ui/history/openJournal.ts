import { join } from "node:path";
import { type Uri, window } from "vscode";
import { FileJournal } from "../../journal/fileJournal.ts";
import { ownIdentity } from "../../journal/processIdentity.ts";

/** The journal of this window, below the extension's own storage. What cannot be written down is told as a warning. */
export async function openJournal(storage: Uri): Promise<FileJournal> {
  return new FileJournal({
    folder: join(storage.fsPath, "runs"),
    owner: await ownIdentity(),
    now: Date.now,
    onProblem: (message) => void window.showWarningMessage(message),
  });
}
