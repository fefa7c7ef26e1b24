import {
  type Disposable,
  FileSystemError,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  type UriHandler,
  window,
  workspace,
} from "vscode";
import { isWhole } from "../../cluster/workload.ts";
import { type PlacedRunbook, scenarioChoices } from "../../recovery/scenarioChoices.ts";
import { linkedSection, readOpenLink } from "../../runbook/openLink.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { PodsTargets } from "../pods/podsTargets.ts";
import { runbookPatterns } from "../settings.ts";
import { messageText } from "../shownText.ts";
import { workspaceRunbooks } from "./workspaceRunbooks.ts";

/** Opens a part of a runbook of the workspace: a scenario that is picked, or what the link of an alert names. Nothing runs. */
export class OpenRunbookParts implements UriHandler, Disposable {
  readonly #pods: PodsTargets;
  readonly #open: OpenRunbooks;
  readonly #onProblem: (error: unknown) => void;
  readonly #registered: Disposable;

  constructor(pods: PodsTargets, open: OpenRunbooks, onProblem: (error: unknown) => void) {
    this.#pods = pods;
    this.#open = open;
    this.#onProblem = onProblem;
    this.#registered = window.registerUriHandler(this);
  }

  /** The scenarios of what is not well now come first. */
  readonly openScenario: CommandHandler = async () => {
    const runbooks = await workspaceRunbooks(runbookPatterns(), this.#open);
    const placed: PlacedRunbook<Uri>[] = runbooks.map(({ uri, runbook }) => ({ place: uri, ...runbook }));
    const { workloads } = (await this.#pods.sections[0]?.model.settled()) ?? { workloads: [] };
    const names = (wanted: (workload: (typeof workloads)[number]) => boolean) =>
      workloads.filter(wanted).map(({ name }) => name);
    const choices = scenarioChoices(
      placed,
      names(() => true),
      names((workload) => !isWhole(workload)),
    );
    if (choices.length === 0) {
      const where = runbookPatterns().join(", ");
      await window.showInformationMessage(messageText(`No runbook of this workspace (${where}) has a scenario.`));
      return;
    }
    const items = choices.map(({ place, scenario, unhealthy }) => ({
      label: `${unhealthy.length > 0 ? "$(warning) " : ""}${scenario.title}`,
      description: unhealthy.length > 0 ? `${unhealthy.join(", ")} not whole now` : "",
      detail: [workspace.asRelativePath(place), scenario.expectedRecovery ?? "", scenario.impact ?? ""]
        .filter((part) => part !== "")
        .join(" · "),
      place,
      line: scenario.line,
    }));
    const chosen = await window.showQuickPick(items, {
      title: "Open which scenario?",
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen) await showPart(chosen.place, chosen.line);
  };

  handleUri(uri: Uri): void {
    this.#follow(uri).catch(this.#onProblem);
  }

  dispose(): void {
    this.#registered.dispose();
  }

  async #follow(uri: Uri): Promise<void> {
    const link = uri.path === "/open" ? readOpenLink(uri.query) : `Podbook has no link ${uri.path}: use /open.`;
    if (typeof link === "string") {
      await window.showWarningMessage(messageText(link));
      return;
    }
    const folders = workspace.workspaceFolders ?? [];
    for (const folder of folders) {
      const file = Uri.joinPath(folder.uri, link.runbook);
      if (!(await isThere(file))) continue;
      const { sections } = this.#open.runbook(await workspace.openTextDocument(file));
      const section = link.section === null ? undefined : linkedSection(sections, link.section);
      await showPart(file, section?.line ?? 0);
      if (link.section !== null && !section) {
        await window.showWarningMessage(
          messageText(`${link.runbook} has no section “${link.section}”; it is shown from its beginning.`),
        );
      }
      return;
    }
    const open = folders.length === 0 ? "No folder is open" : `No folder of this window has ${link.runbook}`;
    await window.showWarningMessage(
      messageText(`${open}. Open the one with your runbooks, and follow the link again.`),
    );
  }
}

async function isThere(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}

/** Shows a zero-based line of a document at the top, with the cursor on it. */
export async function showPart(uri: Uri, line: number): Promise<void> {
  const editor = await window.showTextDocument(uri);
  editor.selection = new Selection(line, 0, line, 0);
  editor.revealRange(new Range(line, 0, line, 0), TextEditorRevealType.AtTop);
}
