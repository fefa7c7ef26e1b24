import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Uri, window } from "vscode";
import type { IncidentEntry } from "../../incident/entry.ts";
import { readEntries } from "../../incident/readEntry.ts";
import { messageText } from "../shownText.ts";

/** The entries of the files that the person picks, file by file; none where one of them holds no entry, which is told. */
export async function pickIncidentFiles(folder: string): Promise<IncidentEntry[][]> {
  const picked = await window.showOpenDialog({
    title: "Which files have been kept of this incident?",
    canSelectMany: true,
    filters: { "Incident files": ["jsonl", "json"] },
    defaultUri: Uri.file(folder),
  });
  const texts = await Promise.all((picked ?? []).map(({ fsPath }) => readFile(fsPath, "utf8")));
  const files = texts.map(readEntries);
  const empty = picked?.find((_, index) => files[index]?.length === 0);
  if (!empty) return files;
  const none = `${basename(empty.fsPath)} holds no entry of an incident: nothing was merged.`;
  await window.showWarningMessage(messageText(none));
  return [];
}
