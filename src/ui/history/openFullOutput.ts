import { commands, ProgressLocation, Range, Uri, window } from "vscode";
import type { RunJournal, RunRecord } from "../../journal/runRecord.ts";
import { sizeText } from "../output/runOutput.ts";
import { messageText } from "../shownText.ts";
import { fileSize } from "./outputFile.ts";
import { CancelledError, writeFullOutput } from "./writeFullOutput.ts";

/** What is larger takes long enough to be worth a progress bar, in bytes. */
const worthProgress = 32 * 1024 * 1024;
/** VS Code takes the last line for any line beyond the end. */
const beyondTheEnd = 2 ** 30;

/** Opens all that a run has printed as a read-only document, at its end. */
export async function openFullOutput(journal: RunJournal, record: RunRecord): Promise<void> {
  const path = await written(journal, record);
  if (path === undefined) return;
  // Not as a text document: VS Code gives those to extensions up to 50 MB only. It opens the file itself up to 1 GB. The
  // ending of its name makes it read-only (configurationDefaults in package.json).
  await commands.executeCommand("vscode.open", Uri.file(path), {
    preview: false,
    selection: new Range(beyondTheEnd, 0, beyondTheEnd, 0),
  });
}

/** The file to open; undefined where the person cancelled. */
async function written(journal: RunJournal, record: RunRecord): Promise<string | undefined> {
  const raw = journal.outputFile(record.start.id);
  const size = await fileSize(raw);
  if (size < worthProgress) {
    return writeFullOutput(record, raw, { onProgress: () => {}, signal: new AbortController().signal });
  }
  const title = `Podbook: reading ${sizeText(size)} of output`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title: messageText(title), cancellable: true },
    async (bar, token) => {
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      const onProgress = (done: number) => {
        const percent = Math.floor((100 * done) / size);
        if (percent > shown) bar.report({ increment: percent - shown, message: `${percent} %` });
        shown = Math.max(shown, percent);
      };
      try {
        return await writeFullOutput(record, raw, { onProgress, signal: abort.signal });
      } catch (error) {
        if (error instanceof CancelledError) return undefined;
        throw error;
      } finally {
        listener.dispose();
      }
    },
  );
}
