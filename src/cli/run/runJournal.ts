import { isAbsolute, join } from "node:path";
import { FileJournal } from "../../journal/fileJournal.ts";
import { interruptionText, keptByDefault, tidyJournal } from "../../journal/journalUpkeep.ts";
import { ownIdentity } from "../../journal/processIdentity.ts";
import type { Terminal } from "../terminal.ts";

/** Where the CLI keeps its journal: below the user's state folder (XDG Base Directory Specification). Absolute path. */
export function journalFolder({ environment, home }: Pick<Terminal, "environment" | "home">): string {
  const chosen = environment["XDG_STATE_HOME"] ?? "";
  // The specification has relative paths ignored.
  return join(isAbsolute(chosen) ? chosen : join(home, ".local/state"), "podbook", "runs");
}

/** The journal of the CLI's runs, while it is being tidied. */
export interface OpenedJournal {
  readonly journal: FileJournal;
  /** Settles when runs that a kill has cut off are at their end, and old ones removed; never rejects. */
  readonly tidied: Promise<unknown>;
}

/** Opens the journal of the CLI's runs. Both are told texts for a person. */
export async function openRunJournal(
  terminal: Terminal,
  tell: { readonly onProblem: (message: string) => void; readonly onNews: (message: string) => void },
): Promise<OpenedJournal> {
  const folder = journalFolder(terminal);
  const now = () => Date.now();
  const { onProblem, onNews } = tell;
  const journal = new FileJournal({ folder, owner: await ownIdentity(), now, onProblem });
  const tidied = tidyJournal({
    folder,
    kept: keptByDefault,
    now,
    onInterrupted: (runs) => onNews(`${interruptionText(runs, "podbook")}.`),
    onProblem,
  });
  return { journal, tidied };
}
