import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fold, foldMark, foldRuns } from "../../../src/ui/output/foldRuns.ts";

function folds(lines: readonly string[]): Fold[] {
  const marks = lines.map(foldMark).filter((mark) => mark !== undefined);
  const lastWritten = (from: number) => lines.findLastIndex((line, index) => index <= from && line !== "");
  return foldRuns(marks, lines.length, lastWritten);
}

test("a run folds to its head, a command with its output to its first line", () => {
  const text = `▶ 02:14:03 #1 One [kind/x]
⏵ kubectl get pods
NAME
api
⏵ false
✗ exit 1 · 0.0 s
✗ #1 failed, exit 1 · 0.3 s

▶ 02:15:03 #2 Two [kind/x]
│ echo
[2] out
✓ #2 done, exit 0 · 0.1 s
`;
  assert.deepEqual(folds(text.split("\n")), [
    { start: 0, end: 6 },
    { start: 1, end: 3 },
    { start: 4, end: 5 },
    { start: 8, end: 11 },
  ]);
});

test("text without runs folds nowhere", () => {
  assert.deepEqual(folds(["a", "b", ""]), []);
  assert.deepEqual(folds([]), []);
});
