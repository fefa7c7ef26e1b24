import { basename } from "node:path";
import {
  commands,
  type Disposable,
  Range,
  type Tab,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { entriesOf, type IncidentEntry } from "../../incident/entry.ts";
import { type Proposal, proposeChanges } from "../../incident/proposal.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import { day } from "../history/runOutcome.ts";
import { messageText, shownLabel } from "../shownText.ts";
import { pastIncidents, pickIncident } from "./pastIncidents.ts";

const scheme = "podbook-proposal";

/** A proposal that the person looks at. */
interface Shown {
  readonly runbook: Uri;
  readonly entries: readonly IncidentEntry[];
  /** The runbook's text that it was made of. */
  readonly before: string;
  readonly proposal: Proposal;
}

/** Shows what an incident has taught as changes of its runbook, in VS Code's diff editor, and applies them. */
export class ProposeChanges implements Disposable {
  readonly #folder: string;
  /** By the URI of the proposed text. */
  readonly #shown = new Map<string, Shown>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => this.#shown.get(uri.toString())?.proposal.text ?? "",
  });
  #count = 0;

  /** `folder` is where incidents are kept. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.proposeRunbookChanges": this.propose, "podbook.applyRunbookChanges": this.apply };
  }

  /** For an incident of the active runbook, which the person picks. */
  readonly propose: CommandHandler = async () => {
    const active = activeRunbook();
    // Beside it, the diff shows a proposal, which is no runbook of its own.
    const proposed = active && this.#shown.get(active.uri.toString());
    const document = proposed ? await workspace.openTextDocument(proposed.runbook) : active;
    if (!document || document.uri.scheme === scheme) {
      await window.showInformationMessage("Open the runbook that the incident was about, then propose changes of it.");
      return;
    }
    const name = basename(document.uri.path);
    const incidents = await pastIncidents(this.#folder, name);
    if (incidents.length === 0) {
      await window.showInformationMessage(messageText(`No incident was started in ${name} yet.`));
      return;
    }
    const entries = await pickIncident(incidents, "What has which incident taught?");
    if (entries) await this.#show(document, entries);
  };

  /** Offers it for an incident that has just ended, where it has taught something. */
  async offer(runbook: Uri, entries: readonly IncidentEntry[]): Promise<void> {
    const document = await workspace.openTextDocument(runbook);
    const { changes } = proposeChanges(document.getText(), entries, day);
    if (changes.length === 0) return;
    const look = "Propose Runbook Changes";
    const told = messageText(`The incident has taught something: ${changes.join("; ")}.`);
    if ((await window.showInformationMessage(told, look)) === look) await this.#show(document, entries);
  }

  /** The argument is the URI of the proposed text, as the button of its editor gives it. */
  readonly apply: CommandHandler = async (given) => {
    const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
    const shown = uri && this.#shown.get(uri.toString());
    if (!shown) {
      await window.showInformationMessage("No proposal is shown: propose changes of a runbook first.");
      return;
    }
    const document = await workspace.openTextDocument(shown.runbook);
    const text = document.getText();
    const now = proposeChanges(text, shown.entries, day);
    if (text !== shown.before && added(text, now.text) !== added(shown.before, shown.proposal.text)) {
      await this.#show(document, shown.entries);
      const again =
        "Not applied: the runbook has changed meanwhile where it was to be changed. The proposal was made anew.";
      await window.showWarningMessage(again);
      return;
    }
    if (!(await workspace.applyEdit(editOf(document, now.text)))) {
      await window.showWarningMessage("VS Code could not change the runbook: is it read-only?");
      return;
    }
    this.#shown.delete(uri.toString());
    await closeDiff(uri);
    await window.showTextDocument(document);
  };

  dispose(): void {
    this.#registration.dispose();
  }

  async #show(document: TextDocument, entries: readonly IncidentEntry[]): Promise<void> {
    const before = document.getText();
    const proposal = proposeChanges(before, entries, day);
    const name = basename(document.uri.path);
    const left = proposal.left.length > 0 ? ` Not written down: ${proposal.left.join("; ")}.` : "";
    if (proposal.changes.length === 0) {
      const none = `The incident has taught nothing that ${name} could be changed for.${left}`;
      await window.showInformationMessage(messageText(none));
      return;
    }
    const uri = Uri.from({ scheme, path: `/${++this.#count}/${name}` });
    this.#shown.set(uri.toString(), { runbook: document.uri, entries, before, proposal });
    const incident = entriesOf(entries, "started")[0]?.title ?? "the incident";
    await commands.executeCommand(
      "vscode.diff",
      document.uri,
      uri,
      shownLabel(`${name} ↔ what “${incident}” has taught`, 160),
    );
    const apply = "Apply";
    const told = messageText(`Proposed: ${proposal.changes.join("; ")}.${left}`);
    if ((await window.showInformationMessage(told, apply)) !== apply) return;
    if (this.#shown.has(uri.toString())) await this.apply(uri);
    else await window.showInformationMessage("It is applied already, by the button of the editor.");
  }
}

async function closeDiff(proposed: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const isIt = ({ input }: Tab) =>
    input instanceof TabInputTextDiff && input.modified.toString() === proposed.toString();
  await window.tabGroups.close(tabs.filter(isIt));
}

/** The lines that a text has in addition to another. */
function added(before: string, after: string): string {
  const known = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => !known.has(line))
    .join("\n");
}

/** One edit of whole lines, from the first that differs to the last. */
function editOf(document: TextDocument, text: string): WorkspaceEdit {
  const before = document.getText();
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  start = before.lastIndexOf("\n", start - 1) + 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === text.at(-1 - same)) same++;
  const lineEnd = before.indexOf("\n", before.length - same);
  const end = lineEnd < 0 ? before.length : lineEnd + 1;
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, text.slice(start, text.length - (before.length - end)));
  return edit;
}
