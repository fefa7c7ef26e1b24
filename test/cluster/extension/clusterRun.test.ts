import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { clusterRunScript } from "../../../src/plan/clusterRun.ts";
import { Run } from "../../../src/run/run.ts";
import { patientStop } from "../../../src/run/stopTimes.ts";
import { DemoBed } from "../demoBed.ts";

describe("A block in the cluster", { timeout: 240_000 }, () => {
  let demo: DemoBed;

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  it("is given a ready pod with the label, and none where there is none", async () => {
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    const connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
    const find = (selector: string) => connection.readyPod(selector, AbortSignal.timeout(10_000));
    assert.equal(await find("app=postgres"), "postgres-0");
    assert.equal(await find("app=toolbox"), null);
  });

  it("leaves no pod behind when it is stopped", async () => {
    const pods = () => demo.inDemo("get", "pods", "-o", "name");
    // Nothing is scheduled, so the pod waits until the run is stopped.
    const nodes = (await demo.kubectl(["get", "nodes", "-o", "name"])).trim().split("\n");
    await demo.kubectl(["cordon", ...nodes]);
    try {
      const place = {
        kind: "new",
        namespace: "pyairtable",
        pod: "podbook-stopped",
        image: "registry.example/tools:1",
        serviceAccount: "default",
      } as const;
      const path = [demo.bed.binDir, process.env["PATH"]].join(delimiter);
      const output: Uint8Array[] = [];
      const script = clusterRunScript("echo never\n", place);
      const run = new Run({
        plan: {
          title: "t",
          script,
          directory: demo.folder,
          target: null,
          commands: [],
          effect: "change",
          timeoutMs: null,
        },
        kubeconfig: null,
        environment: { ...process.env, PATH: path, KUBECONFIG: demo.bed.kubeconfig },
        onOutput: ({ bytes }) => {
          output.push(bytes);
        },
        now: () => performance.now(),
      });
      while (!(await pods()).includes("podbook-stopped")) {
        assert.ok(run.isAlive() || output.length === 0, Buffer.concat(output).toString());
        await wait(50);
      }
      const spec = JSON.parse(await demo.inDemo("get", "pod", "podbook-stopped", "-o", "json")).spec;
      assert.deepEqual([spec.activeDeadlineSeconds, spec.serviceAccountName], [3600, "default"]);
      assert.deepEqual(spec.containers[0].command, ["bash", "-c", "echo never"]);
      assert.equal(spec.containers[0].stdin ?? false, false, "its standard input is closed");
      await run.stop(patientStop);
      assert.equal((await run.ended).outcome, "stopped");
      await demo.inDemo("wait", "--for=delete", "pod/podbook-stopped", "--timeout=20s");
    } finally {
      await demo.kubectl(["uncordon", ...nodes]);
    }
  });
});
