import { FileSystemError, Uri, workspace } from "vscode";
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
  const read = await Promise.all(paths.map((path) => readWorkspaceRunbook(Uri.parse(path))));
  return read.filter((one) => one !== null);
}

/** One of them, with what is unsaved in an editor; null where the file is gone, too large, or has no shell block. */
export async function readWorkspaceRunbook(uri: Uri): Promise<WorkspaceRunbook | null> {
  const text = await textOf(uri);
  const runbook = text === null ? null : readRunbook(text);
  return runbook && runbook.blocks.length > 0 ? { uri, runbook } : null;
}

async function textOf(uri: Uri): Promise<string | null> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    if ((await workspace.fs.stat(uri)).size > largestFile) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return null;
    throw error;
  }
}
