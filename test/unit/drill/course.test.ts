import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  beginning,
  type DrillCourse,
  type DrillEvent,
  drillWords,
  nextCourse,
  patienceMs,
} from "../../../src/drill/course.ts";

const courseOf = (...events: DrillEvent[]): DrillCourse => events.reduce(nextCourse, beginning);
const clock = (state: Extract<DrillEvent, { type: "clock" }>["state"]): DrillEvent => ({ type: "clock", state });
const running = clock({ state: "running", startedAt: 1300, why: "0/2" });
const whole = clock({ state: "validating", startedAt: 1300, wholeAt: 9300, why: "0/2" });
const recovered = clock({ state: "recovered", startedAt: 1300, endedAt: 12_300, why: "0/2" });
const injected: DrillEvent[] = [{ type: "injecting", at: 1000 }, { type: "injected" }];

describe("The course of a drill", () => {
  it("goes from the injection over the recovery to the restoring", () => {
    const phases = [...injected, running, whole, recovered, { type: "restoring", why: null } as const].map(
      (_, index, all) => courseOf(...all.slice(0, index + 1)).phase,
    );
    assert.deepEqual(phases, ["injecting", "detecting", "recovering", "validating", "validating", "restoring"]);
  });

  it("goes on with interventions where nothing recovers by itself, also after a relapse", () => {
    const late = courseOf(...injected, running, { type: "intervening", at: 61_000 });
    assert.deepEqual([late.phase, late.intervenedAt], ["intervening", 61_000]);
    assert.equal(nextCourse(nextCourse(late, whole), running).phase, "intervening");
  });

  it("sees trouble that comes before kubectl has returned", () => {
    const early = courseOf({ type: "injecting", at: 1000 }, running, { type: "injected" });
    assert.deepEqual([early.phase, early.detectedAt], ["recovering", 1300]);
  });

  it("takes no news of the clock once it puts everything back", () => {
    const over = courseOf(...injected, running, { type: "restoring", why: "it was stopped" }, recovered);
    assert.deepEqual([over.phase, over.recoveredAt, over.why], ["restoring", null, "it was stopped"]);
  });

  it("waits as long as the runbook expects, and longer for people", () => {
    const patience = (...events: DrillEvent[]) => patienceMs(courseOf(...events), [30, 90]);
    assert.equal(patience({ type: "injecting", at: 1000 }), null);
    assert.equal(patience(...injected), 60_000);
    assert.equal(patience(...injected, running), 90_000);
    assert.equal(patience(...injected, running, whole), 120_000);
  });

  it("is told in a sentence", () => {
    const done: DrillEvent = { type: "done", at: 20_000, left: [] };
    assert.equal(
      drillWords(courseOf(...injected, running, whole, recovered, done), [30, 60]),
      "detected after 0.3 s; recovered in 11 s (expected 30–60 s); all is as before",
    );
    assert.equal(
      drillWords(
        courseOf(...injected, running, { type: "restoring", why: "it was stopped" }, { ...done, left: ["x"] }),
        null,
      ),
      "detected after 0.3 s; not recovered; it was stopped; not as before: x",
    );
    assert.equal(
      drillWords(courseOf(...injected, { ...done, left: null }), null),
      "not detected; it is not known whether all is as before",
    );
    assert.equal(drillWords(courseOf(done), null), "nothing was broken; all is as before");
  });
});
