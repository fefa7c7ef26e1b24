import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RecoveryClock, rangeWords, secondsWords, verdictWords } from "../../../src/recovery/recoveryClock.ts";
import { scenarioSteps, scenarioWorkloads, validationBlocks } from "../../../src/recovery/scenarioSteps.ts";
import { listItems } from "../../../src/runbook/listItems.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

const demo = readFileSync(join(import.meta.dirname, "../../../demo/runbooks/runbook-pod-failures.md"), "utf8");
const names = ["api-gateway", "auth-service", "platform-services", "postgres"];
const seconds = (one: number) => 1_000_000 + one * 1000;
const well = { whole: true, changedAt: null, why: "" };
const broken = { whole: false, changedAt: null, why: "api-gateway 0/2" };

function stepsOf(text: string, index: number) {
  const runbook = readRunbook(text);
  const scenario = runbook.scenarios[index];
  assert.ok(scenario);
  return scenarioSteps(runbook, scenario, listItems(text));
}

test("a recovery is measured from the first trouble to the validation that succeeded", () => {
  const clock = new RecoveryClock();
  clock.observe({ at: seconds(0), ...well });
  assert.equal(verdictWords(clock.state, [30, 60], seconds(0)), "nothing is unhealthy yet · expected recovery 30–60 s");
  clock.observe({ at: seconds(10), ...broken });
  assert.equal(verdictWords(clock.state, [30, 60], seconds(15)), "not recovered after 5 s (expected 30–60 s)");
  clock.validated(seconds(16));
  clock.observe({ at: seconds(50), ...well });
  clock.validated(seconds(51));
  assert.equal(verdictWords(clock.state, [30, 60], seconds(99)), "recovered in 41 s (expected 30–60 s)");
  clock.observe({ at: seconds(70), ...broken });
  assert.equal(clock.state.state, "recovered", "what happens afterwards is another recovery");
});

test("a relapse before the validation goes on with the same clock, and late is said", () => {
  const clock = new RecoveryClock();
  clock.observe({ at: seconds(0), ...broken });
  clock.observe({ at: seconds(20), ...well });
  clock.observe({ at: seconds(30), ...broken });
  clock.validated(seconds(31));
  clock.observe({ at: seconds(80), ...well });
  clock.validated(seconds(85));
  assert.equal(verdictWords(clock.state, [30, 60], 0), "recovered in 1 min 25 s (expected 30–60 s), late by 25 s");
});

test("the command that made the trouble is its beginning, one long before is not", () => {
  const clock = new RecoveryClock();
  clock.changing(seconds(5));
  clock.observe({ at: seconds(7), ...broken });
  assert.deepEqual(clock.state, { state: "running", startedAt: seconds(5), why: broken.why });
  const other = new RecoveryClock();
  other.changing(seconds(5));
  other.observe({ at: seconds(60), ...broken });
  assert.equal(other.state.state === "running" && other.state.startedAt, seconds(60));
});

test("what was seen late counts from when the API says that it happened", () => {
  const clock = new RecoveryClock();
  clock.observe({ at: seconds(100), ...broken, changedAt: seconds(60) });
  clock.observe({ at: seconds(130), ...well, changedAt: seconds(129) });
  assert.deepEqual(clock.state, {
    state: "validating",
    startedAt: seconds(60),
    wholeAt: seconds(130),
    why: broken.why,
  });
});

test("ranges and times are written as people do", () => {
  assert.deepEqual(
    [rangeWords([30, 60]), rangeWords([120, 300]), rangeWords([60, 90])],
    ["30–60 s", "2–5 min", "60–90 s"],
  );
  assert.deepEqual([0.34, 9.96, 41.4, 60, 125].map(secondsWords), ["0.3 s", "10 s", "41 s", "1 min", "2 min 5 s"]);
});

test("the steps of the demo's first scenario are its sections, with what to run and what to read", () => {
  const steps = stepsOf(demo, 0);
  assert.deepEqual(
    steps.map(({ title, purpose, parts }) => [title, purpose, parts.map(({ kind }) => kind).join(" ")]),
    [
      ["Detection", "detection", "block"],
      ["Automatic Recovery", "waiting", "note note note"],
      ["Manual Intervention (if needed)", "intervention", "block"],
      ["Validation", "validation", "block"],
    ],
  );
  assert.match(validationBlocks(steps)[0]?.text ?? "", /api\/status/);
});

test("a scenario without a validation is validated by its detection", () => {
  const steps = stepsOf(demo, 3);
  assert.deepEqual(
    steps.map(({ title }) => title),
    ["Detection", "Critical Actions"],
  );
  assert.match(validationBlocks(steps)[0]?.text ?? "", /pg_isready/);
});

test("a scenario is about the workloads that its blocks name, whole", () => {
  const blocks = (index: number) =>
    stepsOf(demo, index).flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "block" ? [part.block] : [])));
  assert.deepEqual(scenarioWorkloads(blocks(0), names), ["api-gateway"]);
  assert.deepEqual(scenarioWorkloads(blocks(3), names), ["postgres", "platform-services", "auth-service"]);
  assert.deepEqual(scenarioWorkloads(blocks(0), ["gateway", "api", "a.*"]), []);
});
