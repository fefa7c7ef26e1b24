import { commands, window } from "vscode";
import { interruptionText, keptText, tidyJournal } from "../../journal/journalUpkeep.ts";
import type { InterruptedRun } from "../../journal/recoverRuns.ts";
import type { RunJournal } from "../../journal/runRecord.ts";
import { keptRuns } from "../settings.ts";
import { messageText } from "../shownText.ts";
import { openFullOutput } from "./openFullOutput.ts";

/** What the upkeep of the journal needs. */
export interface JournalUpkeepParts {
  readonly journal: RunJournal;
  /** The journal's folder. */
  readonly folder: string;
  readonly onProblem: (error: unknown) => void;
}

/** Tidies the journal once, when the editor starts: tells what a kill has cut off, and removes old runs. */
export class JournalUpkeep {
  /** Settles when the journal is tidy; never rejects. */
  readonly done: Promise<void>;
  #removed = { count: 0, day: "" };

  constructor(parts: JournalUpkeepParts) {
    this.done = this.#tidy(parts);
  }

  /** For a person: how long runs are kept. */
  readonly keeps = (): string => keptText(keptRuns(), this.#removed.day === today() ? this.#removed.count : 0);

  async #tidy({ journal, folder, onProblem }: JournalUpkeepParts): Promise<void> {
    const { tooOld, tooLarge } = await tidyJournal({
      folder,
      kept: keptRuns(),
      now: Date.now,
      onInterrupted: (runs) => void tell(journal, runs).catch(onProblem),
      onProblem: (message) => void window.showWarningMessage(messageText(message)),
    });
    this.#removed = { count: tooOld + tooLarge, day: today() };
  }
}

async function tell(journal: RunJournal, runs: readonly InterruptedRun[]): Promise<void> {
  const show = "Show Output";
  if ((await window.showWarningMessage(messageText(interruptionText(runs, "the editor")), show)) !== show) return;
  const [first] = runs;
  if (first && runs.length === 1) await openFullOutput(journal, first.record);
  else await commands.executeCommand("podbook.showRuns");
}

function today(): string {
  return new Date().toDateString();
}
