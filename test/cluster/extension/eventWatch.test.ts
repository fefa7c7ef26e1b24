import assert from "node:assert/strict";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { NamespaceEvent } from "../../../src/cluster/namespaceEvents.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { kubectl } from "../../run/kubectl.ts";
import { testBedName } from "../../run/testBedName.ts";
import { until } from "../../run/until.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
let bed: Bed;
let connection: Connection;

before(async () => {
  bed = await bedUp(bedOptions);
  connection = new Connection(
    await pinTarget([bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" }),
  );
});

after(async () => {
  await mend(bed);
  await bedReset(bedOptions);
});

interface Told extends NamespaceEvent {
  readonly at: number;
}

/** Follows the events since a time (ms since the epoch); `told` grows. */
function follow(since: number) {
  const told: Told[] = [];
  const watch = connection.watchEvents({
    since,
    onEvent: (event, at) => told.push({ ...event, at }),
    onBug: (error) => assert.fail(String(error)),
    now: Date.now,
  });
  return { told, watch };
}

test("what the cluster says is told with its object, reason and time, each time once, and not what is older", async () => {
  const since = Date.now();
  const { told, watch } = follow(since);
  const none = follow(since + 600_000);
  try {
    await breakWorkload(bed, "pending", "auth-service");
    const unscheduled = () => told.find(({ reason }) => reason === "FailedScheduling");
    await until(() => unscheduled() !== undefined, "the scheduler warns", 20_000);
    const { object, message, warning, at } = unscheduled() ?? assert.fail();
    assert.match(object, /^Pod\/auth-service-/);
    assert.match(message, /Insufficient cpu/);
    assert.equal(warning, true);
    assert.ok(at >= Math.floor(since / 1000) * 1000 && at <= Date.now());
    assert.equal(told.find(({ reason }) => reason === "ScalingReplicaSet")?.warning, false);
    assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
    const [old] = JSON.parse(
      await kubectl(bed, "get", "events", "-n", "pyairtable", "-o", "jsonpath=[{.items[0].metadata}]"),
    ) as { uid: string }[];
    assert.ok(!told.some(({ id }) => id.startsWith(old?.uid ?? "")), "from before");
    assert.deepEqual(none.told, []);
  } finally {
    watch.dispose();
    none.watch.dispose();
  }
});

test("who begins later is told the same, in order", async () => {
  const first = follow(0);
  await until(() => first.told.some(({ reason }) => reason === "FailedScheduling"), "the list is read", 10_000);
  first.watch.dispose();
  const second = follow(0);
  await until(() => second.told.some(({ reason }) => reason === "FailedScheduling"), "the list is read", 10_000);
  second.watch.dispose();
  const times = first.told.map(({ at }) => at);
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  );
  const ids = new Set(second.told.map(({ id }) => id));
  assert.ok(first.told.every(({ id }) => ids.has(id)));
});
