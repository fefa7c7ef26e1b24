import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { FileJournal, type FileJournalOptions } from "../../../src/journal/fileJournal.ts";
import { ownIdentity } from "../../../src/journal/processIdentity.ts";
import type { RunEnded, RunStart } from "../../../src/journal/runRecord.ts";

/** A run as the engine begins it. */
export const someStart: Omit<RunStart, "type" | "id"> = {
  at: Date.UTC(2026, 10, 25, 3, 4, 5, 6),
  title: "Recover the gateway",
  origin: { runbook: "file:///runbook.md", block: "abc", command: null },
  target: { context: "kind", namespace: "pyairtable" },
  directory: "/srv",
  script: "echo one\necho two\n",
  commands: [
    { line: 0, endLine: 0, text: "echo one", effect: "read" },
    { line: 1, endLine: 1, text: "echo two", effect: "read" },
  ],
  effect: "read",
};

/** How it ended. */
export const someEnd: Omit<RunEnded, "type"> = {
  at: someStart.at + 1000,
  outcome: "exited",
  exitCode: 0,
  signal: null,
  durationMs: 1000,
  leftRunning: false,
  problem: null,
  outputBytes: 8,
};

/** A folder of the test's own, removed when it ends. */
export async function ownFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "podbook-journal-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A journal in a folder, owned by this process, with the problems it tells. */
export async function openJournal(folder: string, more: Partial<FileJournalOptions> = {}) {
  const problems: string[] = [];
  const owner = await ownIdentity();
  const onProblem = (message: string) => problems.push(message);
  return { journal: new FileJournal({ folder, owner, now: Date.now, onProblem, ...more }), problems };
}

/** What a test's run prints, part by part: every byte can be told from its place. Up to 60 kB each. */
export const outputs: readonly Buffer[] = Array.from({ length: 8 }, (_, index) =>
  Buffer.from(`line ${index} `.repeat(1 + ((index * 7919) % 7_500))),
);
