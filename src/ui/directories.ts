import { homedir } from "node:os";
import { dirname } from "node:path";
import { type TextDocument, workspace } from "vscode";

/** Where the blocks of a document run: its own folder, so that relative paths work. */
export function documentDirectory(document: TextDocument): string {
  return document.uri.scheme === "file" ? dirname(document.uri.fsPath) : workspaceDirectory();
}

/** The first folder of the workspace, or the home directory where no folder is open. */
export function workspaceDirectory(): string {
  return workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
}
