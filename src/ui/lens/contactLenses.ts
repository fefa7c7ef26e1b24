import { CodeLens, type Command, EventEmitter, Range, type TextDocument } from "vscode";
import { isPlainAddress, isWebPage } from "../../incident/contactMail.ts";
import type { Contact } from "../../runbook/contacts.ts";
import { type ContactWay, contactWays } from "../../runbook/contactWays.ts";
import { escalationUrl } from "../settings.ts";
import { shownText } from "../shownText.ts";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** Over each contact of a runbook: the ways to reach it. */
export class ContactLenses implements LensProvider {
  readonly #runbooks: OpenRunbooks;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(runbooks: OpenRunbooks) {
    this.#runbooks = runbooks;
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { contacts, blocks } = this.#runbooks.runbook(document);
    if (blocks.length === 0) return [];
    return contacts.flatMap((contact) => {
      const range = new Range(contact.line, 0, contact.line, 0);
      return commandsOf(contact).map(
        (command) => new CodeLens(range, { ...command, arguments: [document.uri, contact.line] }),
      );
    });
  }

  /** Makes them anew, as when the settings have changed. */
  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

type LensCommand = Pick<Command, "title" | "tooltip" | "command">;

/** What cannot be opened safely gets no lens. */
function commandsOf(contact: Contact): LensCommand[] {
  const [email, url] = [contact.email ?? "", contact.url ?? ""];
  const about = `A mail to ${email} with how the incident stands; nothing is sent before you do`;
  const made: Readonly<Record<ContactWay, LensCommand | null>> = {
    mail: isPlainAddress(email) ? { title: "$(mail) Write Mail", tooltip: about, command: "podbook.writeMail" } : null,
    page: isWebPage(url)
      ? { title: "$(link-external) Open Page", tooltip: shownText(url), command: "podbook.openContactPage" }
      : null,
    escalation: escalation(escalationUrl()),
  };
  return contactWays(contact).flatMap((way) => made[way] ?? []);
}

function escalation(url: string): LensCommand {
  const command = "podbook.escalate";
  return isWebPage(url)
    ? { title: "$(megaphone) Escalate", tooltip: shownText(url), command }
    : { title: "$(gear) Set podbook.escalation.url to escalate", tooltip: "Your team's page for escalations", command };
}
