import assert from "node:assert/strict";
import { test } from "node:test";
import { previousRun, runItems } from "../../../src/ui/history/runItems.ts";
import { someRecord } from "./records.ts";

const at = (day: number) => new Date(2026, 10, day, 2, 14, 3).getTime();

test("runs stand under their days, with icon and words for how they ended", () => {
  const records = [
    someRecord({ start: { at: at(25) }, ended: null }),
    someRecord({ start: { at: at(25) } }),
    someRecord({ start: { at: at(24) }, ended: { outcome: "interrupted" } }),
    someRecord({ start: { at: at(3), target: null, commands: [], script: "echo  'x'\nls\n" }, ended: { exitCode: 0 } }),
  ];
  assert.deepEqual(
    runItems(records, at(25) + 3_600_000).map(({ label, description, detail }) => [label, description, detail]),
    [
      ["Today", undefined, undefined],
      ["$(sync) Gateway › Detection", "running · 02:14:03 · kind/pyairtable", "echo one ; false"],
      ["$(error) Gateway › Detection", "failed, exit 1 · 1.3 s · 02:14:03 · kind/pyairtable", "echo one ; false"],
      ["Yesterday", undefined, undefined],
      [
        "$(debug-disconnect) Gateway › Detection",
        "interrupted · 1.3 s · 02:14:03 · kind/pyairtable",
        "echo one ; false",
      ],
      ["2026-11-03", undefined, undefined],
      ["$(pass) Gateway › Detection", "done, exit 0 · 1.3 s · 02:14:03 · no cluster", "echo 'x' ls"],
    ],
  );
});

test("the previous run is the last one before it of the same block or command", () => {
  const of = (id: string, block: string | null, command: string | null = null) =>
    someRecord({ start: { id, origin: { runbook: "file:///a.md", block, command } } });
  const records = [of("5", "a"), of("4", "b"), of("3", "a", "ls"), of("2", "a"), of("1", "a")];
  const previous = (index: number) => previousRun(records[index] ?? of("0", "x"), records)?.start.id;
  assert.deepEqual([0, 1, 2, 3, 4].map(previous), ["2", undefined, undefined, "1", undefined]);
});
