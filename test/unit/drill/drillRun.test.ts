import assert from "node:assert/strict";
import { beforeEach, describe, it, type TestContext } from "node:test";
import { type DrillCourse, drillWords } from "../../../src/drill/course.ts";
import type { ClockState } from "../../../src/recovery/recoveryClock.ts";
import { DrillRun, type DrillRunParts } from "../../../src/ui/drill/drillRun.ts";

const waiting: ClockState = { state: "waiting" };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A drill with everything around it in its place; `did` has what was done, in order. */
function drill({ way = "reading", interventions = 0, exitCode = 0, first = waiting } = {}) {
  const did: string[] = [];
  let clock = first;
  let listener = () => {};
  let restoreFails: Error | undefined;
  const guided = {
    isLive: true,
    workloads: ["api-gateway"],
    isOver: false,
    validationFailed: false,
    clock: {
      get state() {
        return clock;
      },
    },
    onDidChange: (act: () => void) => {
      listener = act;
      return { dispose: () => {} };
    },
  };
  const parts = {
    plan: {
      way,
      interventions: Array.from({ length: interventions }, () => ({})),
      injection: { plan: {} },
      scenario: { expectedRecoverySeconds: [30, 60] },
    },
    guided,
    follower: {
      detect: async () => void did.push("detect"),
      intervene: async () => void did.push("intervene"),
      stop: async () => void did.push("stop"),
    },
    notes: { settled: async () => void did.push("settled"), dispose: () => {} },
    runner: {
      run: async () => {
        did.push("inject");
        return { ended: Promise.resolve({ exitCode }), stop: async () => {} };
      },
    },
    restore: async () => {
      did.push("restore");
      if (restoreFails) throw restoreFails;
      return [];
    },
    tell: () => {},
    now: () => 1000,
    onProblem: () => {},
  };
  const run = new DrillRun(parts as unknown as DrillRunParts);
  const over: Promise<DrillCourse> = run.run(() => {});
  const show = async (state: ClockState) => {
    clock = state;
    listener();
    await settle();
  };
  const fail = (error: Error) => {
    restoreFails = error;
  };
  return { did, guided, run, over, show, fail, look: () => listener() };
}

const running: ClockState = { state: "running", startedAt: 1300, why: "" };
const whole: ClockState = { state: "validating", startedAt: 1300, wholeAt: 9000, why: "" };
const recovered: ClockState = { state: "recovered", startedAt: 1300, endedAt: 9300, why: "" };

describe("A drill that runs", () => {
  beforeEach((context) => (context as TestContext).mock.timers.enable({ apis: ["setTimeout"] }));

  it("injects, detects, and puts everything back after the validation", async () => {
    const { did, over, show } = drill();
    await settle();
    await show(running);
    await show(whole);
    await show(recovered);
    const course = await over;
    assert.deepEqual(did, ["inject", "detect", "stop", "settled", "restore"]);
    assert.equal(drillWords(course, null), "detected after 0.3 s; recovered in 8 s; all is as before");
  });

  it("intervenes where nothing recovers in time, and gives up at last", async (context) => {
    const { did, over, show } = drill({ interventions: 1 });
    await settle();
    await show(running);
    context.mock.timers.tick(59_000);
    await settle();
    assert.ok(!did.includes("intervene"));
    context.mock.timers.tick(1_000);
    await settle();
    assert.deepEqual(did, ["inject", "detect", "intervene"]);
    context.mock.timers.tick(120_000);
    assert.equal((await over).why, "it did not recover in time");
    assert.equal(did.at(-1), "restore");
  });

  it("waits for a person as long as they need", async (context) => {
    const { did, over, show, run } = drill({ way: "with-me" });
    await settle();
    await show(running);
    context.mock.timers.tick(10 * 3_600_000);
    await settle();
    assert.deepEqual(did, ["inject"]);
    run.stop();
    assert.equal((await over).why, "it was stopped");
    assert.equal(did.at(-1), "restore");
  });

  it("does not follow what nobody sees", async (context) => {
    const { over } = drill();
    await settle();
    context.mock.timers.tick(60_000);
    assert.equal((await over).why, "nothing was seen of it");
  });

  it("puts everything back when the injection fails, its scenario is ended, or the validation fails", async () => {
    const failed = drill({ exitCode: 1 });
    assert.equal((await failed.over).why, "the failure could not be injected");
    assert.equal(failed.did.at(-1), "restore");
    const ended = drill();
    await settle();
    await ended.show(running);
    ended.guided.isOver = true;
    ended.look();
    assert.equal((await ended.over).why, "its scenario was ended");
    const invalid = drill();
    await settle();
    await invalid.show(whole);
    invalid.guided.validationFailed = true;
    invalid.look();
    assert.equal((await invalid.over).why, "the validation did not succeed");
  });

  it("breaks nothing where something is in trouble already", async () => {
    const { did, over } = drill({ first: running });
    assert.equal((await over).why, "something else was in trouble before");
    assert.deepEqual(did, ["stop", "settled", "restore"]);
  });

  it("says that it could not put back what the cluster does not take", async () => {
    const { over, show, fail } = drill();
    fail(new Error("unreachable"));
    await settle();
    await show(recovered);
    const { left, why } = await over;
    assert.deepEqual([left, why], [null, "it could not be put back: unreachable"]);
  });
});
