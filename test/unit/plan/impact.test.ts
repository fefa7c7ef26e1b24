import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type HitPod,
  objectsHit,
  podDeletion,
  rollout,
  scaling,
  type WorkloadFacts,
} from "../../../src/plan/impact.ts";

const workload = (more: Partial<WorkloadFacts> = {}): WorkloadFacts => ({
  kind: "deployments",
  name: "api-gateway",
  replicas: 2,
  ready: 2,
  rolling: true,
  ...more,
});
const pod = (name: string, ready = true, of: WorkloadFacts | null = workload()): HitPod => ({
  name,
  ready,
  workload: of,
});

test("deleting all ready pods of a workload says that no endpoint is left, and what would be gentler", () => {
  const impact = podDeletion([pod("a"), pod("b")], "app=api-gateway");
  assert.equal(impact.count, 2);
  assert.equal(impact.outage, true);
  assert.equal(
    impact.sentence,
    "deletes 2 of 2 ready api-gateway pods: no endpoint until they are back; `kubectl rollout restart` would keep some ready",
  );
  assert.equal(impact.short, "deletes 2 pods");
});

test("deleting some of the ready pods, or pods that are not ready, is no outage", () => {
  assert.deepEqual(
    [podDeletion([pod("a")], "a").sentence, podDeletion([pod("a")], "a").outage],
    ["deletes 1 of 2 ready api-gateway pods", false],
  );
  const broken = podDeletion([pod("a", false)], "a");
  assert.deepEqual([broken.sentence, broken.outage], ["deletes 1 api-gateway pod that is not ready", false]);
});

test("a single replica has no gentler way, a bare pod does not come back, a selector can hit nothing", () => {
  const single = workload({ name: "postgres", kind: "statefulsets", replicas: 1, ready: 1 });
  assert.equal(
    podDeletion([pod("postgres-0", true, single)], "postgres-0").sentence,
    "deletes 1 of 1 ready postgres pod: no endpoint until it is back",
  );
  assert.equal(podDeletion([pod("x", true, null)], "x").sentence, "deletes 1 bare pod: nothing brings it back");
  assert.deepEqual(
    [podDeletion([], "app=none").count, podDeletion([], "app=none").sentence],
    [0, "deletes nothing: no pod matches app=none"],
  );
});

test("pods of several workloads are told apart", () => {
  const auth = workload({ name: "auth-service" });
  assert.match(
    podDeletion([pod("a"), pod("b", true, auth)], "tier=web").sentence,
    /^deletes 1 of 2 ready api-gateway pods; and 1 of 2 ready auth-service pods$/,
  );
});

test("scaling counts the pods that come or go", () => {
  assert.deepEqual(
    [scaling([workload()], 3).count, scaling([workload()], 3).sentence],
    [1, "scales api-gateway from 2 to 3 replicas"],
  );
  assert.equal(scaling([workload()], 2).sentence, "leaves api-gateway at 2 replicas");
  const stop = scaling([workload()], 0);
  assert.deepEqual([stop.count, stop.outage], [2, true]);
  assert.match(stop.sentence, /no endpoint/);
});

test("a rollout keeps pods ready unless its strategy does not", () => {
  assert.deepEqual(
    [rollout([workload()], "restarts").sentence, rollout([workload()], "restarts").outage],
    ["restarts api-gateway: replaces its 2 pods, keeping others ready meanwhile", false],
  );
  assert.equal(rollout([workload({ rolling: false })], "restarts").outage, true);
  assert.equal(rollout([workload({ kind: "statefulsets", replicas: 1 })], "restarts").outage, true);
  assert.equal(rollout([workload({ replicas: 0 })], "restarts").count, 0);
});

test("many objects are named by the first few", () => {
  const objects = ["a", "b", "c", "d", "e", "f", "g"].map((name) => ({ kind: "networkpolicies", name }));
  assert.equal(objectsHit("deletes", objects, "x=y").sentence, "deletes 7 networkpolicies: a, b, c, d, e and 2 more");
  assert.equal(objectsHit("deletes", objects.slice(0, 1), "x=y").short, "deletes 1 networkpolicy");
  assert.equal(objectsHit("labels", [], "x=y").sentence, "labels nothing: nothing matches x=y");
});
