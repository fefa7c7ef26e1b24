import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { ActionScript, RestartableKind, WorkloadName } from "../../../src/recovery/actions.ts";
import { chaosScript, resourcesScript, volumesScript } from "../../../src/recovery/clusterChecks.ts";
import { integrityScript, restartInOrderScript } from "../../../src/recovery/databaseIntegrity.ts";
import { databaseScript, healthScript } from "../../../src/recovery/healthChecks.ts";
import { responseTimesScript } from "../../../src/recovery/responseTimes.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { DemoBed, httpServices } from "../demoBed.ts";
import { throughPortForward } from "../portForward.ts";

const namespace = "pyairtable";
const postgres = named("postgres", "statefulset");

describe("Checks against the API server", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  const run = ({ script }: ActionScript) => demo.run("bash", ["-c", script]);

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  /** A service without a health path, whose check needs no gateway. */
  const checked = (name: string, workload: WorkloadName | null, database = false) => ({
    service: { name, port: 80, health: "", database, dependsOn: [] },
    workload,
  });

  it("prints a line for each check of a healthy service and of a database", async () => {
    const all = [checked("auth-service", named("auth-service")), checked("postgres", postgres, true)];
    const { code, out } = await run(healthScript(all, namespace));
    assert.deepEqual(out.trim().split("\n"), [
      "PASS  service    auth-service",
      "PASS  pods       auth-service",
      "PASS  endpoints  auth-service",
      "PASS  service    postgres",
      "PASS  pods       postgres",
      "PASS  endpoints  postgres",
      "PASS  database   postgres",
    ]);
    assert.equal(code, 0);
  });

  it("fails where pods are not ready, where there is no endpoint, and where the service does not exist", async () => {
    await breakWorkload(demo.bed, "not-ready", "platform-services");
    try {
      const unready = ["-l", "app=platform-services", "--for=condition=Ready=false", "--timeout=20s"];
      await demo.inDemo("wait", "pods", ...unready);
      const all = [checked("platform-services", named("platform-services")), checked("no-such", null)];
      const { code, out } = await run(healthScript(all, namespace));
      assert.equal(code, 1);
      for (const line of [
        /^PASS {2}service {4}platform-services$/m,
        /^FAIL {2}pods {7}platform-services: not all are ready$/m,
        /^FAIL {2}endpoints {2}platform-services: none is ready$/m,
        /^FAIL {2}service {4}no-such: there is no such service in pyairtable$/m,
        /^FAIL {2}pods {7}no-such: no Deployment, StatefulSet or DaemonSet of that name in pyairtable$/m,
      ]) {
        assert.match(out, line);
      }
    } finally {
      await mend(demo.bed);
    }
  });

  it("asks the database whether it takes connections, and what it knows of its integrity", async () => {
    const database = await run(databaseScript([postgres]));
    assert.match(database.out, /accepting connections/);
    assert.equal(database.code, 0);
    const { code, out } = await run(integrityScript(postgres));
    assert.match(out, /^PASS {2}no checksum has failed$/m);
    assert.match(out, /^PASS {2}no invalid index in pyairtable$/m);
    assert.match(out, /^PASS {2}no replication slot is left unread$/m);
    assert.equal(code, 0, out);
  });

  it("finds an invalid index and a replication slot that nobody reads", async () => {
    const psql = (sql: string) =>
      demo.inDemo("exec", "postgres-0", "--", "psql", "-U", "postgres", "-d", "pyairtable", "-c", sql);
    await psql("CREATE TABLE podbook_twice AS SELECT 1 AS id UNION ALL SELECT 1");
    try {
      await assert.rejects(psql("CREATE UNIQUE INDEX CONCURRENTLY podbook_invalid ON podbook_twice (id)"));
      await psql("SELECT pg_create_physical_replication_slot('podbook_slot')");
      const { code, out } = await run(integrityScript(postgres));
      assert.match(out, /^FAIL {2}invalid indexes in pyairtable: podbook_invalid$/m);
      assert.match(out, /^FAIL {2}replication slots that nobody reads: podbook_slot\|physical$/m);
      assert.equal(code, 1);
    } finally {
      await psql("DROP TABLE podbook_twice");
      await psql(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'podbook_slot'",
      );
    }
  });

  it("restarts dependents in their order, each awaited", async () => {
    const order = [named("auth-service"), named("api-gateway")];
    const { code, out } = await run(restartInOrderScript(order));
    const steps = out.match(/\S+ restarted|\S+ recovered/g);
    assert.deepEqual(steps, [
      "deployment.apps/auth-service restarted",
      "deployment/auth-service recovered",
      "deployment.apps/api-gateway restarted",
      "deployment/api-gateway recovered",
    ]);
    assert.equal(code, 0);
  });

  it("shows nodes, usage, quota and volumes", async () => {
    const resources = await run(resourcesScript(namespace));
    assert.match(resources.out, /^worker-1 +Ready/m);
    assert.match(resources.out, /CPU\(cores\)/);
    assert.equal(resources.code, 0, resources.out);
    const volumes = await run(volumesScript(namespace));
    assert.match(volumes.out, /Bound/);
    assert.equal(volumes.code, 0, volumes.out);
  });

  it("measures response times, with percentiles and a plot, and fails where an answer is no success", async () => {
    await throughPortForward(demo.bed, "auth-service", httpServices["auth-service"], async (url) => {
      const { code, out } = await run(responseTimesScript("auth-service", `${url}/health`, 20));
      assert.match(out, /^20 requests, 0 failed$/m);
      assert.match(out, /^p50 [\d.]+ ms {3}p90 [\d.]+ ms {3}p95 [\d.]+ ms {3}p99 [\d.]+ ms {3}max [\d.]+ ms$/m);
      const bars = [...out.matchAll(/^ *[\d.]+ ms \| (#* *) (\d+)$/gm)].map((bar) => Number(bar[2]));
      assert.equal(bars.length, 10);
      assert.equal(
        bars.reduce((sum, count) => sum + count, 0),
        20,
      );
      assert.equal(code, 0, out);
      const failing = await run(responseTimesScript("auth-service", `${url}/no-such-path`, 2));
      assert.match(failing.out, /^2 requests, 2 failed\n {2}status 404: 2$/m);
      assert.equal(failing.code, 1);
    });
  });

  it("runs the chaos scripts for the namespace", async () => {
    const folder = join(demo.bed.checkout, "demo/chaos-engineering");
    const { code, out } = await run(chaosScript("Stop", folder, "./safety/emergency-stop.sh", namespace));
    assert.match(out, /^Emergency stop in pyairtable/m);
    assert.equal(code, 0, out);
  });
});

function named(name: string, kind: RestartableKind = "deployment"): WorkloadName {
  return { kind, name, namespace };
}
