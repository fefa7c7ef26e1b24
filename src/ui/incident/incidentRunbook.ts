import { workspace } from "vscode";
import { entriesOf, type IncidentEntry } from "../../incident/entry.ts";

/** The URI of the workspace's runbook that an incident was about; null where there is none of its name, or more than one. */
export async function runbookOf(entries: readonly IncidentEntry[]): Promise<string | null> {
  const name = entriesOf(entries, "started")[0]?.runbook;
  // The file may be a colleague's: its name is no pattern.
  if (!name || !/^[\w. -]+$/.test(name)) return null;
  const [found, ...others] = await workspace.findFiles(`**/${name}`, "**/node_modules/**", 2);
  return found && others.length === 0 ? found.toString() : null;
}
