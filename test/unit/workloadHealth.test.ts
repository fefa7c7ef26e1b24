import assert from "node:assert/strict";
import { test } from "node:test";
import { healthOf } from "../../src/cluster/workloadHealth.ts";
import { named, time, workloads } from "./sampleWorkloads.ts";

const at = Date.parse(time(50));

test("whole is a workload with all wanted pods ready, since the last of them is", () => {
  const health = healthOf(workloads({ ready: true, since: 10 }, { ready: true, since: 30 }), ["db"], at);
  assert.deepEqual(health, { at, whole: true, changedAt: Date.parse(time(30)), why: "" });
});

test("what is not whole is so since the first pod that is not ready; one that ends tells nothing of when", () => {
  const one = healthOf(workloads({ ready: false, since: 20 }, { ready: true, since: 5 }), ["db"], at);
  assert.deepEqual([one.whole, one.changedAt], [false, Date.parse(time(20))]);
  const ending = healthOf(workloads({ ready: true, since: 5, deleted: true }, { ready: true, since: 5 }), ["db"], at);
  assert.deepEqual([ending.whole, ending.changedAt], [false, null]);
  assert.match(ending.why, /^db 1\/2 ready, is being deleted/);
});

test("a workload that is gone is not whole", () => {
  const health = healthOf([], ["db"], at);
  assert.deepEqual([health.whole, health.why], [false, "db is gone"]);
});

test("a workload that served and wants no pods any more is not whole", () => {
  const none = workloads().map((one) => ({ ...one, desired: 0 }));
  assert.equal(healthOf(none, ["db"], at).whole, true);
  const scaled = healthOf(none, ["db"], at, new Set(["db"]));
  assert.deepEqual([scaled.whole, scaled.why], [false, "db is scaled to zero"]);
});

test("since when something is not whole is not told by what is whole beside it", () => {
  const both = [
    ...workloads({ ready: false, since: 40 }, { ready: true, since: 5 }),
    ...named("cache", { ready: true, since: 1 }, { ready: true, since: 1 }),
  ];
  assert.equal(healthOf(both, ["db", "cache"], at).changedAt, Date.parse(time(40)));
});
