import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { NamespaceWatch } from "../../../src/cluster/namespaceWatch.ts";
import { healthOf } from "../../../src/cluster/workloadHealth.ts";
import { type FailureKind, type FailureTarget, failureKinds, injection } from "../../../src/drill/failure.ts";
import { possibleRestoring, restoring, restoringScript } from "../../../src/drill/restoring.ts";
import { differences, type WorkloadState } from "../../../src/drill/workloadState.ts";
import { seen } from "../../run/until.ts";
import { share } from "../../soak.ts";
import { DemoBed } from "../demoBed.ts";

const namespace = "pyairtable";

/** What the pods of a workload show when a failure has its effect. */
const effects: Readonly<Record<FailureKind, RegExp>> = {
  "kill-one": /api-gateway/,
  "kill-all": /api-gateway/,
  "crash-loop": /api-gateway 0\/2 ready.*(crash|exit|ended)/i,
  "not-ready": /api-gateway 0\/2 ready/,
  "scale-to-zero": /scaled to zero/,
  "database-down": /scaled to zero/,
};

describe("The failures of a drill against the API server", { timeout: 300_000 }, () => {
  let demo: DemoBed;
  let connection: Connection;
  let watch: NamespaceWatch;
  let looked = Promise.withResolvers<void>();
  const states = () => connection.workloadStates(AbortSignal.timeout(10_000));

  before(async () => {
    demo = await DemoBed.open();
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace }));
    const onChange = () => {
      looked.resolve();
      looked = Promise.withResolvers();
    };
    watch = connection.watch({ onChange, onBug: console.error, now: Date.now });
  });
  after(() => {
    watch.dispose();
    demo.close();
  });

  /** Waits for news of the cluster until a look at the workloads gives what is wanted. */
  async function until(name: string, wanted: (health: { whole: boolean; why: string }) => boolean): Promise<void> {
    const time = AbortSignal.timeout(60_000);
    const late = once(time, "abort");
    for (;;) {
      const serving = new Set([name]);
      const health = healthOf(watch.workloads(), [name], Date.now(), serving);
      if (watch.freshness.state === "live" && wanted(health)) return;
      assert.ok(!time.aborted, `${name}: ${health.why}`);
      await Promise.race([looked.promise, late]);
    }
  }

  async function target(name: string, all: readonly WorkloadState[]): Promise<FailureTarget> {
    const state = all.find((one) => one.name === name);
    const workload = watch.workloads().find((one) => one.name === name);
    assert.ok(state && workload, name);
    const pods = workload.pods.map((pod) => pod.name);
    return { state, namespace, selector: workload.selector, pods, database: name === "postgres" };
  }

  for (const kind of share(failureKinds, 3)) {
    it(`${kind} has its effect, and leaves nothing behind once it is put back`, async () => {
      const name = kind === "database-down" ? "postgres" : "api-gateway";
      await until(name, ({ whole }) => whole);
      const was = await states();
      const { script } = injection(kind, await target(name, was));
      const { code, out } = await demo.run("bash", ["-c", script]);
      assert.equal(code, 0, out);
      await until(name, ({ whole, why }) => !whole && effects[kind].test(why));
      const left = await states();
      const { steps, left: stays } = restoring({ before: was, left, unsure: [] }, left, namespace);
      assert.deepEqual(stays, []);
      assert.equal(steps.length === 0, kind === "kill-one" || kind === "kill-all");
      const shown = possibleRestoring(was, namespace);
      for (const { commands, foreign } of steps) {
        assert.equal(foreign, null);
        for (const command of commands) assert.ok(shown.includes(command), command);
      }
      if (steps.length > 0) {
        const restored = await demo.run("bash", ["-c", restoringScript(steps, namespace).script]);
        assert.equal(restored.code, 0, restored.out);
      }
      await until(name, ({ whole }) => whole);
      assert.deepEqual(differences(was, await states()), []);
    });
  }

  it("puts back the interventions of a runbook too, and a StatefulSet that is stuck", async () => {
    // Its ReplicaSet keeps the annotation, and `kubectl rollout undo` would bring it back.
    const annotate = (change: string) => demo.inDemo("annotate", "deployment/platform-services", change);
    await annotate("example.com/former=1");
    const sets = ["replicasets", "-l", "app=platform-services", "-o", "jsonpath={..metadata.annotations}"];
    await seen(
      async () => (await demo.inDemo("get", ...sets)).includes("example.com/former") || undefined,
      () => "the annotation in the history",
      20_000,
    );
    await annotate("example.com/former-");
    const was = await states();
    const { script } = injection("crash-loop", await target("postgres", was));
    assert.equal((await demo.run("bash", ["-c", script])).code, 0);
    await demo.inDemo("scale", "deployment/api-gateway", "--replicas=3");
    await demo.inDemo("rollout", "restart", "deployment/platform-services");
    await until("postgres", ({ why }) => /0\/1 ready.*(crash|exit|ended)/i.test(why));
    const left = await states();
    const { steps } = restoring({ before: was, left, unsure: [] }, left, namespace);
    assert.deepEqual(steps.map(({ workload }) => workload.name).sort(), [
      "api-gateway",
      "platform-services",
      "postgres",
    ]);
    const restored = await demo.run("bash", ["-c", restoringScript(steps, namespace).script]);
    assert.equal(restored.code, 0, restored.out);
    assert.deepEqual(differences(was, await states()), []);
    const restarted = await demo.inDemo("get", "deployments,statefulsets", "-o", "jsonpath={..restartedAt}");
    assert.equal(restarted, "");
  });
});
