import assert from "node:assert/strict";
import { it } from "node:test";
import { missedTransitions, podsThere, podTransition } from "../../src/cluster/podTransitions.ts";
import {
  changesService,
  type PodTransition,
  podsThereWords,
  transitionWords,
} from "../../src/recovery/podTransition.ts";
import { type SamplePod, time, workloads } from "./sampleWorkloads.ts";

const at = (second: number) => Date.parse(time(second));
const ready = { ready: true, since: 1 };
const unready = { ready: false, since: 40 };
const pod = (sample: SamplePod) => workloads(sample)[0]?.pods[0] ?? assert.fail();
const row = { status: "Running", ready: 1, total: 1, restarts: 0 };
const seen = (was: PodTransition["was"], is: PodTransition["is"]): PodTransition => ({
  ...{ type: "pod", pod: "db-0", workload: "db", was, is },
});

it("tells what kubectl prints otherwise, and nothing where it prints the same", () => {
  const told = podTransition(pod(ready), pod(unready), at(40));
  assert.deepEqual(told, { transition: seen(row, { ...row, ready: 0 }), at: at(40) });
  assert.equal(podTransition(pod(ready), pod({ ...ready, since: 30 }), at(40)), null);
  const gone = podTransition(pod({ ...ready, deleted: true }), null, at(50));
  assert.deepEqual(gone, { transition: seen({ ...row, status: "Terminating" }, null), at: at(50) });
});

it("takes the API's time for what was seen late", () => {
  assert.equal(podTransition(pod(ready), pod(unready), at(59))?.at, at(40));
  assert.equal(podTransition(pod(unready), pod({ ...unready, restarts: 1 }), at(59))?.at, at(59));
  const born = { ...pod(unready), createdAt: at(35) };
  assert.equal(podTransition(null, born, at(36))?.at, at(36));
  assert.equal(podTransition(null, born, at(59))?.at, at(35));
});

it("finds what happened while nobody looked", () => {
  const [workload] = workloads(ready, unready, unready);
  assert.ok(workload);
  const [older, other, born] = ["db-0", "db-1", "db-2"].map(
    (name) => workload.pods.find((one) => one.name === name) ?? assert.fail(),
  );
  assert.ok(older && other && born);
  const pods = [older, { ...other, createdAt: at(5) }, { ...born, createdAt: at(45) }];
  const known = new Map(["db-1", "db-7"].map((name) => [name, { pod: name, workload: "db", ...row }]));
  const missed = missedTransitions([{ ...workload, pods }], known, at(30), at(50));
  assert.deepEqual(missed, [
    { transition: { ...seen(row, { ...row, ready: 0 }), pod: "db-1" }, at: at(50) },
    { transition: { ...seen(null, { ...row, ready: 0 }), pod: "db-2" }, at: at(45) },
    { transition: { ...seen(row, null), pod: "db-7" }, at: at(50) },
  ]);
});

it("lists the pods that are there", () => {
  const there = podsThere(workloads(ready, { ...unready, restarts: 3 }));
  assert.deepEqual(
    there.pods.find(({ pod }) => pod === "db-1"),
    {
      ...{ pod: "db-1", workload: "db", status: "Running", ready: 0, total: 1, restarts: 3 },
    },
  );
  assert.equal(podsThereWords(there), "Pods: 2, 1 of them ready");
  assert.equal(podsThereWords(podsThere(workloads(ready))), "Pods: 1, all ready");
});

it("has words for coming, changing and going", () => {
  const starting = { status: "ContainerCreating", ready: 0, total: 1, restarts: 0 };
  assert.equal(transitionWords(seen(null, starting)), "db-0: new, 0/1 ContainerCreating");
  assert.equal(transitionWords(seen(starting, row)), "db-0: 0/1 ContainerCreating → 1/1 Running");
  assert.equal(transitionWords(seen(row, { ...row, restarts: 2 })), "db-0: 1/1 Running → 1/1 Running, 2 restarts");
  assert.equal(transitionWords(seen({ ...row, status: "Terminating" }, null)), "db-0: 1/1 Terminating → gone");
});

it("knows what begins and ends service", () => {
  const cases: [PodTransition["was"], PodTransition["is"], boolean][] = [
    [null, { ...row, status: "Pending", ready: 0 }, false],
    [{ ...row, ready: 0 }, row, true],
    [row, { ...row, status: "Terminating" }, true],
    [{ ...row, status: "Terminating" }, null, false],
    [row, null, true],
  ];
  for (const [was, is, changes] of cases) assert.equal(changesService(seen(was, is)), changes, JSON.stringify(is));
});
