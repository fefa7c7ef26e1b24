import { Uri, workspace } from "vscode";
import { type Runbook, readRunbook } from "../../runbook/runbook.ts";

/** More files than this are not read: a folder of notes is no place for runbooks. */
const mostFiles = 500;
/** Larger ones are no runbooks that a person reads, in bytes. */
const largestFile = 1_000_000;

/** A runbook of the workspace. */
export interface WorkspaceRunbook {
  readonly uri: Uri;
  readonly runbook: Runbook;
}

/** The runbooks of the workspace: Markdown files with shell blocks, found by `podbook.runbooks`, in the order of their paths. */
export async function workspaceRunbooks(patterns: readonly string[]): Promise<WorkspaceRunbook[]> {
  const found = await Promise.all(
    patterns.map((pattern) => workspace.findFiles(pattern, "**/node_modules/**", mostFiles)),
  );
  const paths = [...new Set(found.flat().map((uri) => uri.toString()))].sort().slice(0, mostFiles);
  const read = await Promise.all(paths.map((path) => readOne(Uri.parse(path))));
  return read.flatMap((one) => (one && one.runbook.blocks.length > 0 ? [one] : []));
}

/** What is unsaved in an editor counts. */
async function readOne(uri: Uri): Promise<WorkspaceRunbook | null> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { uri, runbook: readRunbook(open.getText()) };
  if ((await workspace.fs.stat(uri)).size > largestFile) return null;
  return { uri, runbook: readRunbook(new TextDecoder().decode(await workspace.fs.readFile(uri))) };
}
