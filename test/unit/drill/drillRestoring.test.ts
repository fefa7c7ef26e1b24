import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ClusterError } from "../../../src/cluster/clusterError.ts";
import type { WorkloadState } from "../../../src/drill/workloadState.ts";
import type { ActionScript } from "../../../src/recovery/actions.ts";
import type { RunResult } from "../../../src/run/runResult.ts";
import { type DrillRestoringParts, restoreDrill } from "../../../src/ui/drill/drillRestoring.ts";
import { gateway, postgres } from "./states.ts";

const toTwo = "kubectl scale deployment/api-gateway -n pyairtable --replicas=2";
const before = [gateway, postgres];
const zero: WorkloadState = { ...gateway, replicas: 0 };

/** A cluster as it is now, with scripts that set what they say they set; `asked` has those that a person was asked about. */
function around(now: readonly WorkloadState[], { agrees = true, exitCode = 0, failures = 0 } = {}) {
  let cluster = now;
  let away = failures;
  const ran: string[] = [];
  const asked: string[] = [];
  const run = async ({ script }: ActionScript, agreed: boolean, because: string) => {
    if (!agreed) asked.push(because);
    if (!agreed && !agrees) return null;
    ran.push(script);
    for (const was of before) {
      if (script.includes(`/${was.name} -n`)) cluster = cluster.map((one) => (one.name === was.name ? was : one));
    }
    return { exitCode } as RunResult;
  };
  const parts = {
    connection: {
      pinned: { target: { context: "bed", namespace: "pyairtable" } },
      workloadStates: async () => {
        if (away-- > 0) throw new ClusterError("unreachable", "Cannot reach it.", "Try again.");
        return cluster;
      },
      watch: ({ onChange }: { onChange: () => void }) => {
        queueMicrotask(onChange);
        return { freshness: { state: "live" }, dispose: () => {} };
      },
    },
    run,
    agreed: [toTwo],
    onProblem: assert.ifError,
  } as unknown as DrillRestoringParts;
  return { ran, asked, parts };
}

const changes = (left: readonly WorkloadState[]) => () => ({ before, left, unsure: [] });

describe("Restoring a drill", () => {
  it("runs what was agreed to without a question, and verifies it", async () => {
    const { ran, asked, parts } = around([zero, postgres]);
    assert.deepEqual(await restoreDrill(changes([zero, postgres]), parts), []);
    assert.deepEqual([ran.length, asked.length], [1, 0]);
    assert.ok(ran[0]?.includes(toTwo));
  });

  it("runs nothing where all is as before", async () => {
    const { ran, parts } = around(before);
    assert.deepEqual(await restoreDrill(changes([zero, postgres]), parts), []);
    assert.deepEqual(ran, []);
  });

  it("puts back first what is surely its own, and asks about the rest after that", async () => {
    const stopped = { ...postgres, replicas: 0 };
    const now = [zero, { ...postgres, replicas: 3 }];
    const { ran, asked, parts } = around(now, { agrees: false });
    const left = await restoreDrill(changes([zero, stopped]), parts);
    assert.ok(ran[0]?.includes(toTwo) && ran.length === 1);
    assert.deepEqual(asked, ["Somebody else may have changed this since: the replicas of postgres (3, not 1). "]);
    assert.deepEqual(left, ["the replicas of postgres (3, not 1)"]);
  });

  it("asks about a command that was not shown before", async () => {
    const { asked, parts } = around([zero, postgres]);
    await restoreDrill(changes([zero, postgres]), { ...parts, agreed: [] });
    assert.deepEqual(asked, [""]);
  });

  it("says that something is not whole though it is as before", async () => {
    const { parts } = around([zero, postgres], { exitCode: 1 });
    assert.match((await restoreDrill(changes([zero, postgres]), parts)).join(), /not whole yet/);
  });

  it("waits for a cluster that is away, but not for ever", async () => {
    const { ran, parts } = around([zero, postgres], { failures: 2 });
    assert.deepEqual(await restoreDrill(changes([zero, postgres]), parts), []);
    assert.equal(ran.length, 1);
    const gone = around([zero, postgres], { failures: 3 });
    await assert.rejects(restoreDrill(changes([zero, postgres]), gone.parts), { reason: "unreachable" });
  });
});
