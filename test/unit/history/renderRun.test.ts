import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunEnded, RunRecord } from "../../../src/journal/runRecord.ts";
import { renderRun } from "../../../src/ui/history/renderRun.ts";
import { someRecord } from "./records.ts";

async function text(record: RunRecord, chunks: string[], times = true): Promise<string> {
  let all = "";
  for await (const piece of renderRun(
    record,
    chunks.map((chunk) => Buffer.from(chunk)),
    { times },
  ))
    all += piece.text;
  return all;
}

const whole = `▶ 2026-11-25 02:14:03 Gateway › Detection [kind/pyairtable]
⏵ echo one
one
⏵ false
✗ exit 1 · 1.2 s
✗ failed, exit 1 · 1.3 s
`;

test("a run is told with its commands where they belong, wherever its output is cut", async () => {
  for (const chunks of [["one\n"], ["o", "ne\n"], ["", "on", "e", "\n"]]) {
    assert.equal(await text(someRecord(), chunks), whole);
  }
});

test("without times two runs that did the same are the same text", async () => {
  const later = someRecord({ start: { at: 1_800_000_000_000 }, ended: { durationMs: 90_000 } });
  assert.equal(await text(someRecord(), ["one\n"], false), "⏵ echo one\none\n⏵ false\n✗ exit 1\n✗ failed, exit 1\n");
  assert.equal(await text(later, ["one\n"], false), await text(someRecord(), ["one\n"], false));
});

test("an unfinished line is closed before the next command, colours are left out", async () => {
  const record = {
    ...someRecord(),
    commands: someRecord().commands.map((one) => ({ ...one, offset: one.offset * 3 })),
  };
  assert.match(await text(record, ["\x1b[1mone\x1b[0m"]), /^⏵ echo one\none\n⏵ false\n/m);
});

test("a run whose commands were not told shows its script", async () => {
  const record = { ...someRecord(), commands: [] };
  assert.match(await text(record, ["out"]), /\]\n│ echo one\n│ false\nout\n✗ failed/);
});

test("how a run ended is in words, also when nobody saw it end", async () => {
  const last = async (ended: Partial<RunEnded> | null) =>
    (await text(someRecord({ ended }), [])).trimEnd().split("\n").at(-1);
  assert.equal(await last({ exitCode: 0 }), "✓ done, exit 0 · 1.3 s");
  assert.equal(await last({ outcome: "interrupted" }), "✗ interrupted: the editor ended while it ran · 1.3 s");
  assert.equal(await last({ outcome: "stopped" }), "■ stopped · 1.3 s");
  assert.equal(await last({ outcome: "timed-out" }), "✗ timed out · 1.3 s");
  assert.equal(await last({ outcome: "killed", signal: "SIGKILL" }), "✗ killed by SIGKILL · 1.3 s");
  assert.equal(await last({ outcome: "not-started", problem: "No bash." }), "✗ not started: No bash. · 1.3 s");
  assert.equal(await last(null), "⏵ running");
});

test("what the journal could not keep is said", async () => {
  const incomplete = { type: "incomplete", at: 0, offset: 4, problem: "The disk was full." } as const;
  assert.match(await text({ ...someRecord(), incomplete }, ["one\n"]), /^⋯ The disk was full\.$/m);
});
