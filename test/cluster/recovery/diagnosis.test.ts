import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { diagnoseScript } from "../../../src/recovery/diagnosis.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import type { FailureKind } from "../../bed/failures/failure.ts";
import { mend } from "../../bed/failures/mend.ts";
import { seen } from "../../run/until.ts";
import { share } from "../../soak.ts";
import { DemoBed } from "../demoBed.ts";

interface PodList {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly status: unknown }[];
}

/** For each failure: what the status of its pod has then, and the finding. */
const failures: readonly (readonly [FailureKind, status: RegExp, finding: RegExp])[] = [
  ["crash-loop", /CrashLoopBackOff/, /^FINDING {2}a container ends again and again after its start/m],
  ["image-pull", /ImagePull/, /^FINDING {2}its image cannot be pulled/m],
  ["pending", /Unschedulable/, /^FINDING {2}no node takes it/m],
  ["oom", /OOMKilled/, /^FINDING {2}a container used more memory than its limit/m],
];

describe("The diagnosis of a pod", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  const diagnose = (pod: string) => demo.run("bash", ["-c", diagnoseScript(pod, "pyairtable").script]);

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  /** The first pod of a workload whose status is as awaited. */
  async function podWith(app: string, status: RegExp): Promise<string> {
    for (const deadline = Date.now() + 40_000; Date.now() < deadline; ) {
      const { items } = JSON.parse(await demo.inDemo("get", "pods", "-l", `app=${app}`, "-o", "json")) as PodList;
      const found = items.find((pod) => status.test(JSON.stringify(pod.status)));
      if (found) return found.metadata.name;
      await wait(100);
    }
    throw new Error(`No pod of ${app} became ${status}`);
  }

  it("finds nothing wrong with a healthy pod", async () => {
    const { code, out } = await diagnose("postgres-0");
    assert.match(out, /^Nothing is wrong with the pod itself\.$/m);
    assert.doesNotMatch(out, /FINDING/);
    assert.equal(code, 0, out);
  });

  for (const [kind, status, finding] of share(failures, 2)) {
    it(`says in words what is wrong: ${kind}`, async () => {
      await breakWorkload(demo.bed, kind, "auth-service");
      try {
        const { code, out } = await diagnose(await podWith("auth-service", status));
        assert.match(out, finding);
        assert.equal(code, 1);
      } finally {
        await mend(demo.bed);
      }
    });
  }

  it("says that a service is unavailable because none of its pods is ready", async () => {
    await breakWorkload(demo.bed, "not-ready", "auth-service");
    try {
      const unready = ["-l", "app=auth-service", "--for=condition=Ready=false", "--timeout=20s"];
      await demo.inDemo("wait", "pods", ...unready);
      // The service hears of it a little later.
      const slices = ["endpointslices", "-l", "kubernetes.io/service-name=auth-service"];
      const ready = () => demo.inDemo("get", ...slices, "-o", "jsonpath={..conditions.ready}");
      await seen(
        async () => !(await ready()).includes("true") || undefined,
        () => "no ready endpoint",
        20_000,
      );
      const { code, out } = await diagnose(await podWith("auth-service", /ContainersNotReady/));
      assert.match(out, /^FINDING {2}service auth-service sends it nothing, because it is not ready$/m);
      assert.match(out, /^FINDING {2}service auth-service is unavailable: none of its pods is ready$/m);
      assert.equal(code, 1);
    } finally {
      await mend(demo.bed);
    }
  });
});
