import { EventEmitter, type Uri } from "vscode";
import { emptySession, type ShellSession } from "../run/session.ts";
import { carriesSession } from "./settings.ts";

/** What the blocks of each runbook have left to the next one. Kept in memory only: variables can hold secrets. */
export class RunbookSessions {
  readonly #sessions = new Map<string, ShellSession>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** What the next block of a runbook goes on with; undefined where every block stands for itself. */
  current(runbook: Uri): ShellSession | undefined {
    return carriesSession(runbook) ? (this.#sessions.get(runbook.toString()) ?? emptySession) : undefined;
  }

  keep(runbook: Uri, session: ShellSession): void {
    this.#sessions.set(runbook.toString(), session);
    this.#changed.fire();
  }

  /** Lets the next block start afresh; false where there was nothing to forget. */
  reset(runbook: Uri): boolean {
    const existed = this.#sessions.delete(runbook.toString());
    if (existed) this.#changed.fire();
    return existed;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** What a session carries, for a person: names only, for values can be secrets. Empty where it carries nothing. */
export function describeSession({ directory, variables }: ShellSession): string {
  const set = [...variables].filter(([, value]) => value !== null).map(([name]) => name);
  const unset = [...variables].filter(([, value]) => value === null).map(([name]) => name);
  const words = [
    ...(directory === null ? [] : [`goes on in ${directory}`]),
    ...(set.length > 0 ? [`carries ${set.sort().join(", ")}`] : []),
    ...(unset.length > 0 ? [`without ${unset.sort().join(", ")}`] : []),
  ].join("; ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
