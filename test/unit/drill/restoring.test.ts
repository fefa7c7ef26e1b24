import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  assumedLeft,
  possibleRestoring,
  restoringScript,
  restoring as restoringSteps,
} from "../../../src/drill/restoring.ts";
import { differences, type WorkloadState } from "../../../src/drill/workloadState.ts";
import { gateway, postgres } from "./states.ts";

const namespace = "pyairtable";
const before = [gateway, postgres];
const recreate = '{"type":"Recreate"}';
const broken: WorkloadState = {
  ...gateway,
  template: "t4",
  strategy: recreate,
  revisions: { ...gateway.revisions, t4: 4 },
};
const restoring = (...given: Parameters<typeof restoringSteps>) => {
  const { steps, left } = restoringSteps(...given);
  const foreign = steps.flatMap((step) => step.foreign ?? []);
  return { steps, commands: steps.flatMap(({ commands }) => commands), foreign, left };
};
const changes = (left: WorkloadState) => ({ before, left: [left, postgres], unsure: [] });

describe("Putting back what a drill has changed", () => {
  it("does nothing where all is as before", () => {
    const nothing = restoring(changes(gateway), before, namespace);
    assert.deepEqual(nothing, { steps: [], commands: [], foreign: [], left: [] });
  });

  it("takes a template from the workload's own history, and the strategy first", () => {
    const { commands, foreign, left } = restoring(changes(broken), [broken, postgres], namespace);
    assert.deepEqual(commands, [
      `kubectl patch deployment/api-gateway -n pyairtable --type=json -p '[{"op":"replace","path":"/spec/strategy","value":${gateway.strategy}}]'`,
      "kubectl rollout undo deployment/api-gateway -n pyairtable --to-revision=3",
    ]);
    assert.deepEqual([foreign, left], [[], []]);
  });

  it("finds the revision again after it was given another number", () => {
    const renumbered = { ...broken, revisions: { t4: 4, t3: 7 } };
    assert.match(restoring(changes(broken), [renumbered], namespace).commands[1] ?? "", /--to-revision=7$/);
  });

  it("says that a template has left the history", () => {
    const lost = { ...broken, strategy: gateway.strategy, revisions: { t4: 4 } };
    const { commands, left } = restoring(changes(lost), [lost, postgres], namespace);
    assert.deepEqual(commands, []);
    assert.deepEqual(left, ["the pod template of api-gateway: its history does not have it any more"]);
  });

  it("lets a StatefulSet go on that waits for its broken pod", () => {
    const stuck = { ...postgres, template: "p2", revisions: { p1: 1, p2: 2 } };
    const { commands } = restoring({ before, left: [gateway, stuck], unsure: [] }, [gateway, stuck], namespace);
    assert.deepEqual(commands, [
      "kubectl rollout undo statefulset/postgres -n pyairtable --to-revision=1",
      "kubectl delete pod/postgres-0 -n pyairtable --ignore-not-found --wait=false",
    ]);
  });

  it("asks where somebody else has changed since what the drill had changed", () => {
    const { commands, foreign } = restoring(
      changes({ ...gateway, replicas: 0 }),
      [{ ...gateway, replicas: 5 }, postgres],
      namespace,
    );
    assert.deepEqual(commands, ["kubectl scale deployment/api-gateway -n pyairtable --replicas=2"]);
    assert.deepEqual(foreign, ["the replicas of api-gateway (5, not 2)"]);
  });

  it("leaves alone what only others have changed", () => {
    const now = [
      { ...gateway, replicas: 5 },
      { ...postgres, uid: "other" },
    ];
    const { commands, left } = restoring(changes(gateway), now, namespace);
    assert.deepEqual(commands, []);
    assert.deepEqual(left, ["the replicas of api-gateway (5, not 2)", "postgres was deleted and made anew"]);
  });

  it("counts a change that was cut off as perhaps somebody else's", () => {
    const now = [{ ...gateway, replicas: 3 }, postgres];
    const { commands, foreign } = restoring({ before, left: before, unsure: ["api-gateway"] }, now, namespace);
    assert.equal(commands.length, 1);
    assert.equal(foreign.length, 1);
  });

  it("takes what the failure breaks for the drill's own where the injection was cut off", () => {
    const left = assumedLeft(before, [{ ...broken, replicas: 9 }, postgres], "crash-loop", "api-gateway");
    assert.deepEqual(left, [{ ...broken, revisions: gateway.revisions }, postgres]);
  });

  it("takes away again what an undo brings back of a Deployment's former annotations", () => {
    const was = { ...gateway, formerAnnotations: ["team/old", "x"] };
    const made = { ...was, template: "t4", revisions: { ...was.revisions, t4: 4 } };
    const { steps } = restoring({ before: [was], left: [made], unsure: [] }, [made], namespace);
    assert.deepEqual(steps[0]?.commands, [
      "kubectl rollout undo deployment/api-gateway -n pyairtable --to-revision=3",
      "kubectl annotate deployment/api-gateway -n pyairtable team/old- x-",
    ]);
  });

  it("needs no other command than those that were shown before", () => {
    const shown = possibleRestoring(before, namespace);
    const made = { ...broken, replicas: 0 };
    const { commands } = restoring(changes(made), [made, postgres], namespace);
    assert.equal(commands.length, 3);
    for (const command of commands) assert.ok(shown.includes(command), command);
  });

  it("waits until the workloads are whole, and goes on after a command that fails", () => {
    const { title, script } = restoringScript(
      restoring(changes(broken), [broken, postgres], namespace).steps,
      namespace,
    );
    assert.equal(title, "Drill: put back api-gateway");
    assert.match(script, /^failed=0\nkubectl patch .* \|\| failed=1\nkubectl rollout undo .* \|\| failed=1\n/);
    assert.match(
      script,
      /kubectl rollout status deployment\/api-gateway .*--timeout=120s \|\| failed=1\nexit \$failed\n$/,
    );
  });
});

describe("What differs from before", () => {
  it("names replicas, template, labels and annotations", () => {
    const now = [{ ...broken, replicas: 1, labels: {}, annotations: { note: "x" } }];
    assert.deepEqual(differences(before, now), [
      "the rollout strategy of api-gateway",
      "the pod template of api-gateway",
      "the replicas of api-gateway (1, not 2)",
      "the label app of api-gateway",
      "the annotation note of api-gateway",
      "postgres is gone",
    ]);
    assert.deepEqual(differences(before, before), []);
  });
});
