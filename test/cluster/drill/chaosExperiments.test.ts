import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { chaosStepScript, createChaosScript, haltCommands } from "../../../src/drill/chaosExperiment.ts";
import { emergencyStopScript } from "../../../src/recovery/clusterChecks.ts";
import { DemoBed } from "../demoBed.ts";
import { chaosDefinitions, chaosKinds, chaosObjects } from "./chaosKinds.ts";

const namespace = "pyairtable";
describe("Chaos experiments against the API server", { timeout: 120_000 }, () => {
  let demo: DemoBed;
  let connection: Connection;
  const list = () => connection.chaosExperiments(AbortSignal.timeout(10_000));
  const states = async () => Object.fromEntries((await list()).map(({ name, state }) => [name, state]));
  const run = (script: string) => demo.run("bash", ["-c", script]);

  before(async () => {
    demo = await DemoBed.open();
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace }));
  });
  after(async () => {
    await demo.kubectl(["delete", "crd", "--ignore-not-found", ...chaosDefinitions]);
    demo.close();
  });

  it("are none where no operator is installed", async () => {
    assert.deepEqual(await list(), []);
  });

  it("are created from a file, listed with their state, halted, started and deleted", async () => {
    const file = join(demo.folder, "chaos.json");
    writeFileSync(file, chaosKinds);
    await demo.kubectl(["create", "-f", file]);
    await demo.kubectl(["wait", "crd", "--for=condition=Established", "--timeout=20s", ...chaosDefinitions]);
    writeFileSync(file, chaosObjects);
    assert.equal((await run(createChaosScript(file, namespace).script)).code, 0);
    assert.deepEqual(await states(), { kill: "running", slow: "running", engine: "running" });
    for (const experiment of await list())
      assert.equal((await run(chaosStepScript("halt", experiment).script)).code, 0);
    assert.deepEqual(await states(), { kill: "paused", slow: "paused", engine: "paused" });
    for (const experiment of await list())
      assert.equal((await run(chaosStepScript("start", experiment).script)).code, 0);
    assert.deepEqual(await states(), { kill: "running", slow: "running", engine: "running" });
    const slow = (await list()).find(({ name }) => name === "slow");
    assert.ok(slow);
    assert.equal((await run(chaosStepScript("end", slow).script)).code, 0);
    assert.deepEqual(await states(), { kill: "running", engine: "running" });
  });

  it("are halted by an emergency stop, which runs the chaos folder's own too", async () => {
    const folder = join(demo.bed.checkout, "demo/chaos-engineering");
    const { script } = emergencyStopScript(folder, haltCommands(await list()), namespace);
    const { code, out } = await run(script);
    assert.equal(code, 0, out);
    assert.match(out, /Emergency stop in pyairtable/);
    assert.deepEqual(await states(), { kill: "paused", engine: "paused" });
    const again = await run(emergencyStopScript(folder, haltCommands(null), namespace).script);
    assert.equal(again.code, 1);
    assert.match(again.out, /could not be listed[\s\S]*Emergency stop in pyairtable/);
  });
});
