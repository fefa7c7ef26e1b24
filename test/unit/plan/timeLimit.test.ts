import assert from "node:assert/strict";
import { test } from "node:test";
import { readDuration } from "../../../src/plan/duration.ts";
import { PlanError } from "../../../src/plan/planError.ts";
import { timeLimit } from "../../../src/plan/timeLimit.ts";
import { fenceAttributes } from "../../../src/runbook/fenceInfo.ts";

test("durations are read as people write them", () => {
  const table: readonly (readonly [string, number | null])[] = [
    ["90", 90_000],
    ["90s", 90_000],
    ["1.5m", 90_000],
    ["5m", 300_000],
    ["5 min", 300_000],
    ["2 minutes", 120_000],
    ["1h30m", 5_400_000],
    ["1 hour 30 seconds", 3_630_000],
    ["500ms", 500],
    ["3 MS", 3],
    ["", null],
    ["0", null],
    ["0s", null],
    ["soon", null],
    ["5x", null],
    ["m5", null],
    ["-5m", null],
    ["5m later", null],
  ];
  for (const [text, expected] of table) assert.equal(readDuration(text), expected, text);
});

test("what the fence says goes before the setting", () => {
  assert.equal(timeLimit(fenceAttributes("bash # timeout: 5m"), "10s"), 300_000);
  assert.equal(timeLimit(fenceAttributes("bash timeout=20s"), ""), 20_000);
  assert.equal(timeLimit({}, "10s"), 10_000);
  assert.equal(timeLimit({}, " "), null);
});

test("a timeout that cannot be read is said, with where it stands", () => {
  const said = (pattern: RegExp) => (error: unknown) =>
    error instanceof PlanError && error.reason === "bad-timeout" && pattern.test(error.message);
  assert.throws(() => timeLimit({ timeout: "soon" }, ""), said(/fence of this block says timeout soon/));
  assert.throws(() => timeLimit({}, "5 parsecs"), said(/podbook\.run\.timeout says timeout 5 parsecs/));
});
