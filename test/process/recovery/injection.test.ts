import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { WorkloadName } from "../../../src/recovery/actions.ts";
import { chaosScript, resourcesScript, volumesScript } from "../../../src/recovery/clusterChecks.ts";
import { integrityScript, restartInOrderScript } from "../../../src/recovery/databaseIntegrity.ts";
import { diagnoseScript } from "../../../src/recovery/diagnosis.ts";
import { databaseScript, healthScript, serviceUrl } from "../../../src/recovery/healthChecks.ts";
import { cordonScript, drainScript, uncordonScript } from "../../../src/recovery/nodeActions.ts";
import { deletePodScript, forceRestartScript, podLogsScript } from "../../../src/recovery/podActions.ts";
import { responseTimesScript } from "../../../src/recovery/responseTimes.ts";
import type { ServiceSetting } from "../../../src/recovery/services.ts";
import {
  pauseScript,
  restartScript,
  resumeScript,
  rollBackScript,
  rolloutStatusScript,
  scaleScript,
} from "../../../src/recovery/workloadActions.ts";
import { hostileValues } from "../../unit/plan/hostileValues.ts";
import { NotedCalls } from "../plan/notedCalls.ts";

const plain = "plainvalue";
const noted = new NotedCalls();
after(() => noted.remove());

/** Every action with a name in each place that a name of the API can stand in. */
const actions: Readonly<Record<string, (name: string) => string>> = {
  "restart of a workload": (name) => restartScript(deployment(name)).script,
  "restart in a namespace": (name) => restartScript(within(name)).script,
  "scaling of a workload": (name) => scaleScript({ ...deployment(name), kind: "statefulset" }, 3, 2).script,
  "undo of scaling": (name) => undone(scaleScript(deployment(name), 3, 2)),
  "rolling back a workload": (name) => rollBackScript(deployment(name), 1, 2).script,
  "undo of rolling back": (name) => undone(rollBackScript(deployment(name), 1, 2)),
  "status of a rollout": (name) => rolloutStatusScript(deployment(name)).script,
  "pause of a rollout": (name) => pauseScript(deployment(name)).script,
  "resuming a rollout": (name) => resumeScript(deployment(name)).script,
  "deletion of a pod": (name) => deletePodScript(name, "pyairtable", deployment("x")).script,
  "deletion of a bare pod in a namespace": (name) => deletePodScript("x", name, null).script,
  "deletion of an owner's pod": (name) => deletePodScript("x", "pyairtable", deployment(name)).script,
  "force restart": (name) => forceRestartScript(deployment(name), [name, "other"], "one-by-one").script,
  "force restart at once": (name) => forceRestartScript(within(name), ["x", name], "at-once").script,
  "cordoning a node": (name) => cordonScript({ name, cordoned: false }).script,
  "undo of uncordoning": (name) => undone(uncordonScript({ name, cordoned: true })),
  "drain of a node": (name) => drainScript({ name, cordoned: false }, [deployment(name)]).script,
  "health of a service": (name) => health(service({ name }), "pyairtable"),
  "health in a namespace": (name) => health(service({}), name),
  "health path": (name) => health(service({ health: `/${name}` }), "pyairtable"),
  "database check": (name) => databaseScript([deployment(name)]).script,
  "integrity of a database": (name) => integrityScript(deployment(name)).script,
  "restart in order": (name) => restartInOrderScript([deployment("x"), deployment(name)]).script,
  "diagnosis of a pod": (name) => diagnoseScript(name, "pyairtable").script,
  "diagnosis in a namespace": (name) => diagnoseScript("x", name).script,
  resources: (name) => resourcesScript(name).script,
  volumes: (name) => volumesScript(name).script,
  "a chaos script in a namespace": (name) => chaosScript("t", "/", "touchx", name).script,
  "response times": (name) => responseTimesScript("t", serviceUrl(service({ health: `/${name}` }), "n"), 2).script,
  "logs of a pod": (name) => podLogsScript(name, 10, "pyairtable").script,
  "logs in a namespace": (name) => podLogsScript("x", 10, name).script,
};

test("no name of the API executes in a recovery action, and none alters another argument", () => {
  const all = hostileValues(noted.canary).filter((value) => value !== "" && !value.includes("\0"));
  assert.ok(all.length >= 100);
  for (const [at, [what, script]] of Object.entries(actions).entries()) {
    // All quote in the same way: each gets a third of the values, the next action the next third.
    const names = all.filter((_, index) => index % 3 === at % 3);
    const [expected, ...actual] = noted.run([script(plain), ...names.map(script)]);
    assert.ok(expected && !expected.executed && expected.calls.length > 0, what);
    names.forEach((name, index) => {
      const hint = `${JSON.stringify(name)} in ${what}`;
      const swap = (text: string) => text.replaceAll(plain, () => name);
      const settled = (text = "") => text.replaceAll(/ in \d+ s$/gm, " in N s");
      assert.equal(actual[index]?.executed, false, `executed: ${hint}`);
      assert.deepEqual(actual[index]?.calls, expected.calls.map(swap).sort(), hint);
      assert.equal(settled(actual[index]?.output), settled(swap(expected.output)), hint);
    });
  }
});

test("a pod's name never stands where kubectl takes a word with a dash for an option", () => {
  assert.match(podLogsScript("--all-containers=false", 10, "x").script, / pod\/--all-containers=false /);
  assert.match(deletePodScript("--all", "x", null).script, / pod\/--all /);
});

function health(one: ServiceSetting, namespace: string): string {
  return healthScript([{ service: one, workload: deployment(one.name) }], namespace).script;
}

function service(more: Partial<ServiceSetting>): ServiceSetting {
  return { name: "x", port: 80, health: "/health", database: true, dependsOn: [], ...more };
}

function deployment(name: string): WorkloadName<"deployment"> {
  return { kind: "deployment", name, namespace: "pyairtable" };
}

function within(namespace: string): WorkloadName<"deployment"> {
  return { kind: "deployment", name: "x", namespace };
}

function undone({ undo }: ReturnType<typeof restartScript>): string {
  assert.ok("script" in undo);
  return undo.script;
}
