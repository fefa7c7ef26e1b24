import type { RunEnded, RunRecord, RunStart } from "../../../src/journal/runRecord.ts";

/** A record of a run with two commands, as the journal gives it. */
export function someRecord(more: { start?: Partial<RunStart>; ended?: Partial<RunEnded> | null } = {}): RunRecord {
  const start: RunStart = {
    type: "start",
    id: "20261125T021403123Z-0123abcd",
    at: new Date(2026, 10, 25, 2, 14, 3).getTime(),
    title: "Gateway › Detection",
    origin: { runbook: "file:///runbook.md", block: "abc", command: null },
    target: { context: "kind", namespace: "pyairtable" },
    directory: "/srv",
    script: "echo one\nfalse\n",
    commands: [
      { line: 0, endLine: 0, text: "echo one", effect: "read" },
      { line: 1, endLine: 1, text: "false", effect: "read" },
    ],
    effect: "read",
    ...more.start,
  };
  const ended: RunEnded = {
    type: "ended",
    at: start.at + 1300,
    outcome: "exited",
    exitCode: 1,
    signal: null,
    durationMs: 1300,
    leftRunning: false,
    problem: null,
    outputBytes: 4,
    ...more.ended,
  };
  const at = start.at;
  return {
    start,
    commands: [
      { type: "begin", at, offset: 0, index: 0 },
      { type: "end", at, offset: 4, index: 0, status: 0, durationMs: 2 },
      { type: "begin", at, offset: 4, index: 1 },
      { type: "end", at, offset: 4, index: 1, status: 1, durationMs: 1200 },
    ],
    ended: more.ended === null ? null : ended,
    incomplete: null,
  };
}
