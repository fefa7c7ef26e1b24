import { env, window } from "vscode";
import type { RunJournal, RunRecord } from "../../journal/runRecord.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { RunComparison } from "./compareRuns.ts";
import { type OutputTail, runAsMarkdown, runAsText } from "./copyRun.ts";
import { openFullOutput } from "./openFullOutput.ts";
import { readTail } from "./outputFile.ts";
import { previousRun } from "./runItems.ts";
import { pickAction, pickRun, type RunAction } from "./showRuns.ts";

/** So much of a run's output is looked at for a copy, from its end, in bytes. */
const copiedBytes = 1_000_000;

/** What the commands on past runs need. */
export interface HistoryCommandParts {
  readonly journal: RunJournal;
  readonly comparison: RunComparison;
  /** The id of the run that a number in the panel, a lens or the cursor means; undefined where none does. */
  readonly runAt: (place: readonly unknown[]) => Promise<string | undefined>;
  /** Runs again what a record tells. */
  readonly runAgain: (record: RunRecord) => Promise<void>;
  /** For a person: how long runs are kept. */
  readonly keeps: () => string;
}

/** Look at past runs: their whole output, as text for a chat, side by side, and again. */
export class HistoryCommands {
  readonly #parts: HistoryCommandParts;
  readonly #actions: readonly RunAction[];

  constructor(parts: HistoryCommandParts) {
    this.#parts = parts;
    this.#actions = [
      { label: "Open Full Output", icon: "go-to-file", act: (record) => openFullOutput(parts.journal, record) },
      { label: "Run Again", icon: "debug-rerun", act: parts.runAgain },
      { label: "Compare with the Previous Run", icon: "diff", act: (record) => this.#compare(record) },
      { label: "Copy as Markdown", icon: "copy", act: (record) => this.#copy(record, runAsMarkdown) },
      { label: "Copy as Text", icon: "clippy", act: (record) => this.#copy(record, runAsText) },
    ];
  }

  readonly showRuns: CommandHandler = async () => {
    const record = await pickRun({
      title: `Runs · ${this.#parts.keeps()}`,
      records: () => this.#parts.journal.list(),
      actions: this.#actions,
    });
    if (record) await pickAction(record, this.#actions);
  };

  readonly openFullOutput: CommandHandler = (...place) =>
    this.#with(place, "Open the full output of which run?", (record) => openFullOutput(this.#parts.journal, record));

  readonly copyRun: CommandHandler = (...place) =>
    this.#with(place, "Copy which run as text?", (record) => this.#copy(record, runAsText));

  readonly copyRunAsMarkdown: CommandHandler = (...place) =>
    this.#with(place, "Copy which run as Markdown?", (record) => this.#copy(record, runAsMarkdown));

  /** The run that the place means; else one that the person chooses, the newest first. */
  async #with(place: readonly unknown[], title: string, act: (record: RunRecord) => Promise<void>): Promise<void> {
    const { journal, runAt } = this.#parts;
    const id = await runAt(place);
    const known = id === undefined ? undefined : await journal.read(id);
    const record = known ?? (await pickRun({ title, records: () => journal.list(), actions: [] }));
    if (record) await act(record);
  }

  async #copy(record: RunRecord, form: (record: RunRecord, tail: OutputTail) => Promise<string>): Promise<void> {
    const tail = await readTail(this.#parts.journal.outputFile(record.start.id), copiedBytes);
    await env.clipboard.writeText(await form(record, tail));
    window.setStatusBarMessage(`$(check) Copied: ${record.start.title}`, 5000);
  }

  async #compare(record: RunRecord): Promise<void> {
    const earlier = previousRun(record, await this.#parts.journal.list());
    if (earlier) await this.#parts.comparison.show(earlier, record);
    else await window.showInformationMessage("There is no earlier run of this block in the journal to compare with.");
  }
}
