import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { restoring } from "../../../src/drill/restoring.ts";
import type { WorkloadState } from "../../../src/drill/workloadState.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { DrillNotes, type DrillNotesParts } from "../../../src/ui/drill/drillNotes.ts";
import { gateway, postgres } from "./states.ts";

const target = { context: "bed", namespace: "pyairtable" };
const plan = (script: string, more: Partial<Plan> = {}): Plan => ({
  ...{ title: "t", script, directory: "/", target, commands: [], effect: "change", timeoutMs: null },
  ...more,
});

/** A runner, a cluster and a file in their places; `log` has what was done, in order. */
function drill() {
  let cluster: readonly WorkloadState[] = [gateway, postgres];
  const log: string[] = [];
  let before: ((plan: Plan) => Promise<void>) | undefined;
  let started: ((execution: { plan: Plan; ended: Promise<void> }) => void) | undefined;
  const nothing = { dispose: () => {} };
  const runner = {
    beforeChange: (act: typeof before) => {
      before = act;
      return nothing;
    },
    onDidStart: (act: typeof started) => {
      started = act;
      return nothing;
    },
  };
  const file = {
    changing: async (names: readonly string[]) => void log.push(`changing ${names.join()}`),
    left: async () => void log.push("left"),
  };
  const notes = new DrillNotes({
    before: cluster,
    file,
    connection: { workloadStates: async () => cluster },
    target,
    runner,
    onProblem: (error: unknown) => log.push(String(error)),
  } as unknown as DrillNotesParts);
  const set = (change: Partial<WorkloadState>, of = gateway.name) => {
    cluster = cluster.map((one) => (one.name === of ? { ...one, ...change } : one));
  };
  const begin = async (run: Plan) => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    if (run.effect !== "read") await before?.(run);
    log.push("begins");
    started?.({ plan: run, ended });
    return async () => {
      end();
      await notes.settled();
    };
  };
  const back = () => restoring(notes.changes, cluster, target.namespace);
  return { notes, log, set, begin, back };
}

describe("What a drill notes", () => {
  it("is on the disk before a run begins, and again when it has ended", async () => {
    const { log, set, begin, back } = drill();
    const end = await begin(plan("kubectl scale deployment/api-gateway --replicas=0\n"));
    set({ replicas: 0 });
    await end();
    assert.deepEqual(log, ["changing api-gateway", "begins", "left"]);
    assert.deepEqual(
      back().steps.map(({ foreign }) => foreign),
      [null],
    );
  });

  it("takes what others change before a run for theirs, also of the same workload", async () => {
    const { set, begin, back } = drill();
    set({ replicas: 5 });
    const end = await begin(plan("kubectl rollout restart deployment/api-gateway\n"));
    set({ template: "t4", revisions: { ...gateway.revisions, t4: 4 } });
    await end();
    const { steps, left } = back();
    assert.deepEqual(
      steps.flatMap(({ commands }) => commands),
      ["kubectl rollout undo deployment/api-gateway -n pyairtable --to-revision=3"],
    );
    assert.deepEqual(left, ["the replicas of api-gateway (5, not 2)"]);
  });

  it("asks about a change whose end it has not seen", async () => {
    const { set, begin, back, notes } = drill();
    await begin(plan("kubectl scale deployment/api-gateway --replicas=3\n"));
    set({ replicas: 3 });
    assert.deepEqual(notes.changes.unsure, ["api-gateway"]);
    assert.deepEqual(
      back().steps.map(({ foreign }) => foreign),
      ["the replicas of api-gateway (3, not 2)"],
    );
  });

  it("counts a run that names no workload for all of them", async () => {
    const { log, set, begin, back } = drill();
    const end = await begin(plan("kubectl rollout restart deployment\n"));
    set({ replicas: 0 }, "postgres");
    await end();
    assert.equal(log[0], "changing api-gateway,postgres");
    assert.equal(back().steps.length, 1);
  });

  it("has nothing to do with reads, nor with other namespaces", async () => {
    const { log, begin } = drill();
    await (await begin(plan("kubectl get pods\n", { effect: "read" })))();
    await (await begin(plan("kubectl delete pods --all\n", { target: { ...target, namespace: "other" } })))();
    assert.deepEqual(log, ["begins", "begins"]);
  });
});
