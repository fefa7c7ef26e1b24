import assert from "node:assert/strict";
import { it } from "node:test";
import { HealthChanges } from "../../src/cluster/healthChanges.ts";
import { time, workloads } from "./sampleWorkloads.ts";

const at = Date.parse(time(50));
const whole = { ready: true, since: 1 };
const broken = { ready: false, since: 40 };

it("tells at the first look what is not whole, and then only what has changed", () => {
  const changes = new HealthChanges();
  const [first] = changes.look(workloads(whole, broken), at);
  assert.deepEqual(first && { ...first, why: "" }, {
    type: "workload",
    name: "db",
    whole: false,
    ready: 1,
    wanted: 2,
    why: "",
  });
  assert.deepEqual(changes.look(workloads(whole, broken), at), []);
  assert.deepEqual(changes.look(workloads(whole, whole), at), [
    { type: "workload", name: "db", whole: true, ready: 2, wanted: 2, why: "" },
  ]);
});

it("tells of containers that restarted, but not of restarts before it looked", () => {
  const changes = new HealthChanges();
  assert.deepEqual(changes.look(workloads(whole, { ...whole, restarts: 3 }), at), []);
  const [restart] = changes.look(workloads(whole, { ...whole, restarts: 4 }), at);
  assert.deepEqual(restart && { ...restart, why: "" }, { type: "restart", workload: "db", pod: "db-1", why: "" });
});

it("tells of a workload that is gone", () => {
  const changes = new HealthChanges();
  changes.look(workloads(whole, whole), at);
  assert.deepEqual(changes.look([], at), [
    { type: "workload", name: "db", whole: false, ready: 0, wanted: 0, why: "it is gone" },
  ]);
});
