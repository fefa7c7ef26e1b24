import assert from "node:assert/strict";
import { test } from "node:test";
import { healthOf } from "../../src/cluster/workloadHealth.ts";
import { time, workloads } from "./sampleWorkloads.ts";

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
