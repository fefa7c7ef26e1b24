import { isAbsolute, resolve } from "node:path";
import { ConfigurationTarget, window, workspace } from "vscode";
import { workspaceDirectory } from "../directories.ts";
import { samplePaths } from "../settings.ts";

/** Where sample paths such as `/path/to/scripts` lie on this machine, as the setting `podbook.paths` holds it. */
export class SamplePaths {
  /** The folder for a sample path, absolute; undefined where none was chosen yet. */
  mapped(name: string): string | undefined {
    const path = samplePaths()[name];
    if (path === undefined || path === "") return undefined;
    return isAbsolute(path) ? path : resolve(workspaceDirectory(), path);
  }

  /** Writes the folder into the workspace's settings, or into the user's where no workspace is open. */
  async remember(name: string, folder: string): Promise<void> {
    const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    const settings = workspace.getConfiguration("podbook");
    await settings.update("paths", { ...samplePaths(), [name]: folder }, target);
  }
}

/** Lets the person choose the folder that a sample path stands for, and remembers it; undefined when they leave. */
export async function pickFolder(name: string, paths: SamplePaths): Promise<string | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: `Which folder is ${name}?`,
      openLabel: "Use This Folder",
      canSelectFiles: false,
      canSelectFolders: true,
      ...(workspace.workspaceFolders?.[0] ? { defaultUri: workspace.workspaceFolders[0].uri } : {}),
    })) ?? [];
  if (!folder) return undefined;
  await paths.remember(name, folder.fsPath);
  return folder.fsPath;
}
