import { commands, type TextDocument, Uri, window, workspace } from "vscode";
import { isWebPage, type MailText, mailUrl } from "../../incident/contactMail.ts";
import type { IncidentEntry } from "../../incident/entry.ts";
import { incidentSummary } from "../../incident/incidentSummary.ts";
import type { Contact } from "../../runbook/contacts.ts";
import { type ContactWay, contactWays } from "../../runbook/contactWays.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import { dateAndTime } from "../history/runOutcome.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { escalationUrl } from "../settings.ts";
import { messageText, pickLabel } from "../shownText.ts";

/** What contacts are reached with. */
export interface ContactCommandParts {
  readonly runbooks: OpenRunbooks;
  /** The entries of the incident that is going on, else of the last; undefined where there was none. */
  readonly incident: () => Promise<readonly IncidentEntry[] | undefined>;
}

const words: Readonly<Record<ContactWay, string>> = {
  mail: "$(mail) Write Mail",
  page: "$(link-external) Open Page",
  escalation: "$(megaphone) Escalate",
};

/** Reaches the people that a runbook names: by mail, with what has happened, by their page, or by the escalation of the team. */
export class ContactCommands {
  readonly #parts: ContactCommandParts;

  constructor(parts: ContactCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.contact": this.contact,
      "podbook.writeMail": (uri, line) => this.#reachGiven(uri, line, "mail"),
      "podbook.openContactPage": (uri, line) => this.#reachGiven(uri, line, "page"),
      "podbook.escalate": this.escalate,
    };
  }

  /** One of the active runbook, which the person picks. */
  readonly contact: CommandHandler = async () => {
    const document = activeRunbook();
    const contacts = document ? this.#parts.runbooks.runbook(document).contacts : [];
    const items = contacts.flatMap((contact) =>
      contactWays(contact).map((way) => ({
        label: pickLabel(contact.name, 80),
        description: words[way],
        detail: pickLabel(contact.text, 160),
        contact,
        way,
      })),
    );
    if (!document || items.length === 0) {
      await window.showInformationMessage("Open a runbook with contacts that have a mail address or a page.");
      return;
    }
    const picked = await window.showQuickPick(items, { title: "Contact whom?", matchOnDetail: true });
    if (picked) await this.#reach(document, picked.contact, picked.way);
  };

  readonly escalate: CommandHandler = async () => {
    const url = escalationUrl();
    if (isWebPage(url)) {
      await openUrl(url);
      return;
    }
    const set = "Open Settings";
    const none = url === "" ? "No page for escalations is set." : "podbook.escalation.url is no http or https address.";
    const choice = await window.showInformationMessage(`${none} Set podbook.escalation.url to your team's.`, set);
    if (choice === set) await commands.executeCommand("workbench.action.openSettings", "podbook.escalation.url");
  };

  /** Arguments as a lens gives them: the document's URI and the line of the contact, which are looked up anew. */
  async #reachGiven(uri: unknown, line: unknown, way: ContactWay): Promise<void> {
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : undefined;
    const contact = document && this.#parts.runbooks.runbook(document).contacts.find((one) => one.line === line);
    if (document && contact) await this.#reach(document, contact, way);
    else await window.showWarningMessage("This contact is no longer in the runbook.");
  }

  async #reach(document: TextDocument, { name, email, url }: Contact, way: ContactWay): Promise<void> {
    if (way === "escalation") return this.escalate();
    const target = way === "mail" ? mailUrl(email ?? "", await this.#mail(document)) : url;
    if (target !== null && (way === "mail" || isWebPage(target))) await openUrl(target);
    else {
      const what = way === "mail" ? "mail address" : "page";
      await window.showWarningMessage(messageText(`The ${what} of “${name}” is not one that can be opened safely.`));
    }
  }

  async #mail(document: TextDocument): Promise<MailText> {
    const entries = await this.#parts.incident();
    if (entries) return incidentSummary(entries, dateAndTime);
    return { subject: this.#parts.runbooks.runbook(document).title, body: "" };
  }
}

/**
 * As a string, which VS Code opens as it stands: it would decode a `Uri` and write it anew, and an ampersand of the body
 * would begin another header.
 */
async function openUrl(url: string): Promise<void> {
  await commands.executeCommand("vscode.open", url);
}
