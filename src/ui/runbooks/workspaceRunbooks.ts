import { FileSystemError, Uri, workspace } from "vscode";
import { type Runbook, readRunbook } from "../../runbook/runbook.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";

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
export async function workspaceRunbooks(patterns: readonly string[], open: OpenRunbooks): Promise<WorkspaceRunbook[]> {
  const found = await Promise.all(
    patterns.map((pattern) => workspace.findFiles(pattern, "**/node_modules/**", mostFiles)),
  );
  const paths = [...new Set(found.flat().map((uri) => uri.toString()))].sort().slice(0, mostFiles);
  const read = await Promise.all(paths.map((path) => readWorkspaceRunbook(Uri.parse(path), open)));
  return read.filter((one) => one !== null);
}

/** One of them, with what is unsaved in an editor; null where the file is gone, too large, or has no shell block. */
export async function readWorkspaceRunbook(uri: Uri, open: OpenRunbooks): Promise<WorkspaceRunbook | null> {
  const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const runbook = document ? open.runbook(document) : await readFile(uri);
  return runbook && runbook.blocks.length > 0 ? { uri, runbook } : null;
}

async function readFile(uri: Uri): Promise<Runbook | null> {
  try {
    if ((await workspace.fs.stat(uri)).size > largestFile) return null;
    return readRunbook(new TextDecoder().decode(await workspace.fs.readFile(uri)));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return null;
    throw error;
  }
}
