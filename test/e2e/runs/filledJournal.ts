import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { FileJournal } from "../../../src/journal/fileJournal.ts";
import { ownIdentity } from "../../../src/journal/processIdentity.ts";
import type { RunEnded, RunOrigin } from "../../../src/journal/runRecord.ts";
import type { Editor } from "../../host/editor.ts";

/** A run for the journal: its commands with what they print and their exit codes. */
export interface PastRun {
  readonly title: string;
  /** In ms since the epoch. */
  readonly at: number;
  readonly origin: RunOrigin;
  readonly directory: string;
  readonly commands: readonly { readonly text: string; readonly output: string; readonly status: number }[];
  readonly outcome: RunEnded["outcome"];
}

/** Writes runs into the journal of an editor, as if they had run there before. */
export async function fillJournal(editor: Editor, runs: readonly PastRun[]): Promise<void> {
  const storage = join(editor.server.folder, "data/User/globalStorage/podbook.podbook");
  mkdirSync(storage, { recursive: true });
  const onProblem = (message: string) => {
    throw new Error(message);
  };
  const journal = new FileJournal({
    folder: join(storage, "runs"),
    owner: await ownIdentity(),
    now: Date.now,
    onProblem,
  });
  for (const run of runs) await write(journal, run);
}

async function write(journal: FileJournal, { commands, outcome, ...run }: PastRun): Promise<void> {
  const entry = await journal.begin({
    ...run,
    target: { context: "kind", namespace: "pyairtable" },
    script: `${commands.map(({ text }) => text).join("\n")}\n`,
    commands: commands.map(({ text }, line) => ({ line, endLine: line, text, effect: "read" })),
    effect: "read",
  });
  let offset = 0;
  for (const [index, { output, status }] of commands.entries()) {
    await entry.command({ type: "begin", at: run.at, offset, index });
    await entry.output(Buffer.from(output));
    offset += Buffer.byteLength(output);
    await entry.command({ type: "end", at: run.at, offset, index, status, durationMs: 40 });
  }
  const exitCode = outcome === "exited" ? (commands.at(-1)?.status ?? 0) : null;
  await entry.end({
    at: run.at + 1300,
    outcome,
    exitCode,
    signal: null,
    durationMs: 1300,
    leftRunning: false,
    problem: null,
    outputBytes: offset,
  });
}
