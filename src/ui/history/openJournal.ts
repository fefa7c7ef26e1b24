import { join } from "node:path";
import { type Uri, window } from "vscode";
import { FileJournal } from "../../journal/fileJournal.ts";
import { ownIdentity } from "../../journal/processIdentity.ts";
import { messageText } from "../shownText.ts";

/** Where the runs are kept, below the extension's own storage. Absolute path. */
export function journalFolder(storage: Uri): string {
  return join(storage.fsPath, "runs");
}

/** The journal of this window. What cannot be written down is told as a warning. */
export async function openJournal(folder: string): Promise<FileJournal> {
  return new FileJournal({
    folder,
    owner: await ownIdentity(),
    now: Date.now,
    onProblem: (message) => void window.showWarningMessage(messageText(message)),
  });
}
