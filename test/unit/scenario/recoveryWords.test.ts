import assert from "node:assert/strict";
import { test } from "node:test";
import { measuredRecovery, measuredSeconds, measuredWords } from "../../../src/recovery/measuredRecovery.ts";
import { RecoveryClock } from "../../../src/recovery/recoveryClock.ts";
import { comparedWords, lastRecoveryWords } from "../../../src/ui/scenario/recoveryWords.ts";

const noon = new Date(2026, 10, 25, 12).getTime();
const about = { scenario: "1. Gateway", target: null, expected: [30, 60] as const };
const measured = (seconds: number, recovered = true) => ({
  ...about,
  startedAt: noon,
  endedAt: noon + seconds * 1000,
  recovered,
  why: "",
});

test("nothing is kept of a scenario in which nothing was unhealthy", () => {
  assert.equal(measuredRecovery(new RecoveryClock().state, about, noon), null);
});

test("what the clock has measured is kept, and what it was still measuring as not recovered", () => {
  const clock = new RecoveryClock();
  clock.observe({ at: noon, whole: false, changedAt: null, why: "api-gateway 0/2 ready" });
  const left = measuredRecovery(clock.state, about, noon + 20_000);
  assert.deepEqual(left, { ...measured(20, false), why: "api-gateway 0/2 ready" });
  assert.equal(left && measuredWords(left), "not recovered after 20 s (expected 30–60 s)");
  assert.equal(left && measuredSeconds(left), null);
  clock.observe({ at: noon + 40_000, whole: true, changedAt: null, why: "" });
  clock.validated(noon + 41_000);
  const kept = measuredRecovery(clock.state, about, noon + 99_000);
  assert.equal(kept && measuredWords(kept), "recovered in 41 s (expected 30–60 s)");
});

test("the last recovery says when it was, by the day", () => {
  const words = (days: number) => lastRecoveryWords(measured(41), noon + days * 24 * 3_600_000);
  assert.equal(words(0), "recovered in 41 s at 12:00");
  assert.equal(words(1), "recovered in 41 s yesterday");
  assert.equal(words(2), "recovered in 41 s on 2026-11-25");
  assert.equal(lastRecoveryWords(measured(20, false), noon), "not recovered at 12:00");
});

test("what was measured is compared with what was expected", () => {
  assert.equal(comparedWords(measured(41)), "expected 30–60 s");
  assert.equal(comparedWords(measured(75)), "late by 15 s, expected 30–60 s");
  assert.equal(comparedWords(measured(12)), "18 s sooner than expected (30–60 s)");
  assert.equal(comparedWords(measured(75, false)), "expected 30–60 s");
  assert.equal(comparedWords({ ...measured(75), expected: null }), "nothing was expected");
});
