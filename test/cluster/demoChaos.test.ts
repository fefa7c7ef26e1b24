import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { demoNamespace } from "../bed/demo.ts";
import { readProcess } from "../bed/processes.ts";
import { DemoBed } from "./demoBed.ts";

describe("the demo's chaos scripts", () => {
  let demo: DemoBed;

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  it("ends experiments with the emergency stop, and only once", async () => {
    const calm = await demo.chaos("experiments/health-check.sh", "pre");
    equal(calm.code, 0, calm.out);
    doesNotMatch(calm.out, /^FAIL/m);
    const killing = await demo.chaos("experiments/pod-kill.sh", "deployment/api-gateway", "5", "120");
    equal(killing.code, 0, killing.out);
    const killer = Number(/process (\d+)/.exec(killing.out)?.[1]);
    const outage = await demo.chaos("experiments/outage.sh", "deployment/platform-services");
    equal(outage.code, 0, outage.out);
    ok(readProcess(killer));
    const during = await demo.chaos("experiments/health-check.sh", "post");
    equal(during.code, 1);
    match(during.out, /^FAIL {2}chaos +still running: \S+ \S+$/m);

    const stopped = await demo.chaos("safety/emergency-stop.sh");
    equal(stopped.code, 0, stopped.out);
    match(stopped.out, new RegExp(`^stopped {2}process ${killer} `, "m"));
    match(stopped.out, /^restored Deployment\/platform-services to 2 replicas$/m);
    equal(readProcess(killer), undefined);
    const again = await demo.chaos("safety/emergency-stop.sh");
    equal(again.code, 0, again.out);
    match(again.out, /^No experiment is running/m);
    await demo.well();
    const after = await demo.chaos("experiments/health-check.sh", "post");
    equal(after.code, 0, after.out);
  });

  it("runs no experiment where drills are not allowed", async () => {
    await demo.kubectl(["label", "namespace", demoNamespace, "podbook.dev/drills-"]);
    const refused = await demo.chaos("experiments/outage.sh", "deployment/api-gateway");
    await demo.kubectl(["label", "namespace", demoNamespace, "podbook.dev/drills=allowed"]);
    equal(refused.code, 1);
    match(refused.out, /Drills are not allowed/);
    equal(await demo.inDemo("get", "deployment/api-gateway", "-o", "jsonpath={.spec.replicas}"), "2");
  });
});
