import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { ActionScript, ChangeScript, WorkloadName } from "../../../src/recovery/actions.ts";
import { cordonScript, drainScript } from "../../../src/recovery/nodeActions.ts";
import { deletePodScript, forceRestartScript } from "../../../src/recovery/podActions.ts";
import {
  pauseScript,
  restartScript,
  resumeScript,
  rollBackScript,
  scaleScript,
} from "../../../src/recovery/workloadActions.ts";
import { soaking } from "../../soak.ts";
import { DemoBed } from "../demoBed.ts";

const gateway: WorkloadName<"deployment"> = { kind: "deployment", name: "api-gateway", namespace: "pyairtable" };
const recovered = /api-gateway recovered in \d+ s\n$/;

describe("Recovery actions against the API server", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  let connection: Connection;
  const signal = () => AbortSignal.timeout(10_000);
  const run = ({ script }: ActionScript) => demo.run("bash", ["-c", script]);
  const replicas = () => demo.inDemo("get", "deployment", "api-gateway", "-o", "jsonpath={.spec.replicas}");
  /** Those that are not on their way out. */
  const pods = async () => {
    const { items } = JSON.parse(await demo.inDemo("get", "pods", "-l", "app=api-gateway", "-o", "json")) as {
      items: { metadata: { name: string; deletionTimestamp?: string } }[];
    };
    return items.filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
  };

  before(async () => {
    demo = await DemoBed.open();
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
  });
  after(() => demo.close());

  async function undo(change: ChangeScript) {
    assert.ok("script" in change.undo);
    return run(change.undo);
  }

  it("scales with a verdict, and back to what was noted before", async () => {
    const { replicas: before } = await connection.workloadNote("deployment", "api-gateway", signal());
    const change = scaleScript(gateway, 3, before);
    const { code, out } = await run(change);
    assert.match(out, recovered);
    assert.deepEqual([code, await replicas()], [0, "3"]);
    const back = await undo(change);
    assert.match(back.out, recovered);
    assert.deepEqual([back.code, await replicas()], [0, "2"]);
  });

  if (soaking) {
    it("lists revisions with images, rolls back to one, and undoes that", async () => {
      const image = () => demo.inDemo("get", "deployment/api-gateway", "-o", "jsonpath={..containers[0].image}");
      const first = await image();
      await demo.inDemo("set", "image", "deployment/api-gateway", "*=registry.example/gateway:bad");
      await demo.inDemo("annotate", "deployment/api-gateway", "kubernetes.io/change-cause=a bad release");
      await demo.inDemo("rollout", "status", "deployment/api-gateway", "--timeout=60s");
      const [now, before] = await connection.revisions("deployment", "api-gateway", signal());
      assert.ok(now && before);
      assert.deepEqual([now.images, now.changeCause], [["registry.example/gateway:bad"], "a bad release"]);
      assert.deepEqual(before.images, [first]);
      assert.equal(before.template.metadata?.labels?.["pod-template-hash"], undefined);
      const change = rollBackScript(gateway, before.number, now.number);
      assert.match((await run(change)).out, recovered);
      assert.equal(await image(), first);
      assert.match((await undo(change)).out, recovered);
      assert.equal(await image(), "registry.example/gateway:bad");
      await demo.restore();
    });
  }

  it("lists the revisions of a StatefulSet", async () => {
    const [now] = await connection.revisions("statefulset", "postgres", signal());
    assert.ok(now && now.number >= 1 && now.images.length === 1);
  });

  it("pauses and resumes a rollout", async () => {
    const paused = async () => (await connection.workloadNote("deployment", "api-gateway", signal())).paused;
    const change = pauseScript(gateway);
    assert.equal((await run(change)).code, 0);
    assert.equal(await paused(), true);
    assert.equal((await undo(change)).code, 0);
    assert.equal(await paused(), false);
    const again = await run(resumeScript(gateway));
    assert.notEqual(again.code, 0, "kubectl says that it is not paused");
  });

  it("restarts, and deletes a pod, each followed until the workload is healthy", async () => {
    assert.match((await run(restartScript(gateway))).out, recovered);
    const [victim = ""] = await pods();
    const { code, out } = await run(deletePodScript(victim, "pyairtable", gateway));
    assert.match(out, recovered);
    assert.equal(code, 0);
    assert.ok(!(await pods()).includes(victim));
  });

  it("restarts pods one after another without losing the endpoints, or all at once", async () => {
    const old = await pods();
    const endpoints = () =>
      demo.inDemo("get", "endpointslices", "-l", "kubernetes.io/service-name=api-gateway", "-o", "jsonpath={..ready}");
    let running = true;
    let fewest = Number.POSITIVE_INFINITY;
    const watching = (async () => {
      while (running) fewest = Math.min(fewest, (await endpoints()).split(" ").filter((one) => one === "true").length);
    })();
    const { code, out } = await run(forceRestartScript(gateway, old, "one-by-one"));
    running = false;
    await watching;
    assert.match(out, recovered);
    assert.equal(code, 0);
    assert.equal(fewest, 1, "one of two was always ready");
    const later = await pods();
    assert.ok(later.every((pod) => !old.includes(pod)));
    assert.match((await run(forceRestartScript(gateway, later, "at-once"))).out, recovered);
    assert.ok((await pods()).every((pod) => !later.includes(pod)));
  });

  it("says with an exit code that a change was refused, and then nothing more", async () => {
    const { code, out } = await run(restartScript({ ...gateway, name: "no-such" }));
    assert.equal(code, 1);
    assert.match(out, /not found/);
    assert.doesNotMatch(out, /recovered|healthy/);
  });

  it("cordons and drains a node, and Undo lets pods come again", async () => {
    const nodes = await connection.nodes(signal());
    const node = nodes.find(({ cordoned, ready }) => ready && !cordoned);
    assert.ok(node);
    const cordoned = async () => (await connection.nodes(signal())).find(({ name }) => name === node.name)?.cordoned;
    const change = cordonScript(node);
    assert.match((await run(change)).out, /SchedulingDisabled/);
    assert.equal(await cordoned(), true);
    assert.equal((await undo(change)).code, 0);
    assert.equal(await cordoned(), false);
    const victim = await demo.inDemo("get", "pod", "-l", "app=api-gateway", "-o", "jsonpath={.items[0].spec.nodeName}");
    const drain = drainScript({ name: victim, cordoned: false }, [gateway]);
    try {
      const { code, out } = await run(drain);
      assert.match(out, /drained/);
      assert.match(out, recovered);
      assert.equal(code, 0);
    } finally {
      assert.equal((await undo(drain)).code, 0);
    }
  });
});
