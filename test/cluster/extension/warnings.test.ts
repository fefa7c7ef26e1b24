import assert from "node:assert/strict";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { testBedName } from "../../run/testBedName.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
let bed: Bed;

before(async () => {
  bed = await bedUp(bedOptions);
});

after(async () => {
  await mend(bed);
  await bedReset(bedOptions);
});

test("what the cluster warns of is told with its object, reason and time, and not what is older", async () => {
  const pinned = await pinTarget([bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  const connection = new Connection(pinned);
  const since = Date.now();
  await breakWorkload(bed, "pending", "auth-service");
  const deadline = Date.now() + 20_000;
  for (;;) {
    const warnings = await connection.warnings(since, AbortSignal.timeout(5000));
    const found = warnings.find(({ reason }) => reason === "FailedScheduling");
    if (found) {
      assert.match(found.object, /^Pod\/auth-service-/);
      assert.match(found.message, /Insufficient cpu/);
      assert.ok(found.at >= Math.floor(since / 1000) * 1000 && found.at <= Date.now() + 1000);
      break;
    }
    assert.ok(Date.now() < deadline, `no FailedScheduling in ${JSON.stringify(warnings)}`);
    await delay(100);
  }
  assert.deepEqual(await connection.warnings(Date.now() + 60_000, AbortSignal.timeout(5000)), []);
});
