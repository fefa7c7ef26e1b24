import { isAbsolute, join } from "node:path";
import { FileJournal } from "../../journal/fileJournal.ts";
import { ownIdentity } from "../../journal/processIdentity.ts";
import type { Terminal } from "../terminal.ts";

/** Where the CLI keeps its journal: below the user's state folder (XDG Base Directory Specification). Absolute path. */
export function journalFolder({ environment, home }: Pick<Terminal, "environment" | "home">): string {
  const chosen = environment["XDG_STATE_HOME"] ?? "";
  // The specification has relative paths ignored.
  return join(isAbsolute(chosen) ? chosen : join(home, ".local/state"), "podbook", "runs");
}

/** Opens the journal of the CLI's runs. */
export async function openRunJournal(terminal: Terminal, onProblem: (message: string) => void): Promise<FileJournal> {
  return new FileJournal({
    folder: journalFolder(terminal),
    owner: await ownIdentity(),
    now: () => Date.now(),
    onProblem,
  });
}
