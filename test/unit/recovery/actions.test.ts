import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { planScript } from "../../../src/plan/planScript.ts";
import type { WorkloadName } from "../../../src/recovery/actions.ts";
import {
  chaosScript,
  emergencyStopScript,
  resourcesScript,
  volumesScript,
} from "../../../src/recovery/clusterChecks.ts";
import { integrityScript, restartInOrderScript } from "../../../src/recovery/databaseIntegrity.ts";
import { diagnoseScript } from "../../../src/recovery/diagnosis.ts";
import { databaseScript, healthScript } from "../../../src/recovery/healthChecks.ts";
import { cordonScript, drainScript, uncordonScript } from "../../../src/recovery/nodeActions.ts";
import { deletePodScript, forceRestartScript } from "../../../src/recovery/podActions.ts";
import { responseTimesScript } from "../../../src/recovery/responseTimes.ts";
import {
  pauseScript,
  restartScript,
  resumeScript,
  rollBackScript,
  rolloutStatusScript,
  scaleScript,
} from "../../../src/recovery/workloadActions.ts";
import { canMark } from "../../../src/run/commandMarks.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const target = { context: "c", namespace: "n" };
const web: WorkloadName<"deployment"> = { kind: "deployment", name: "web", namespace: "n" };
const node = { name: "worker-1", cordoned: false };

/** The effect of a script and what it does that is no read. */
function read(script: string) {
  const plan = planScript({ title: "", analysis: analyseBlock(script, "bash", parser), directory: "/", target });
  assert.ok(
    plan.commands.every(({ uncounted, doubt }) => !uncounted && doubt === null),
    script,
  );
  if (plan.commands.length > 1) assert.ok(canMark(script, plan.commands), script);
  return [plan.effect, ...plan.commands.flatMap(({ reasons }) => reasons)];
}

test("an action's plan says what it changes, and nothing else", () => {
  assert.deepEqual(read(restartScript(web).script), ["change", "restarts deployment web"]);
  assert.deepEqual(read(scaleScript(web, 3, 2).script), ["change", "scales deployment web to 3"]);
  assert.deepEqual(read(rollBackScript(web, 1, 3).script), [
    "change",
    "takes deployment web back to an older revision",
  ]);
  assert.deepEqual(read(pauseScript(web).script), ["change", "pauses the rollout of deployment web"]);
  assert.deepEqual(read(resumeScript(web).script), ["change", "resumes the rollout of deployment web"]);
  assert.deepEqual(read(rolloutStatusScript(web).script), ["read"]);
  assert.deepEqual(read(deletePodScript("web-1", "n", web).script), ["destroy", "deletes pod web-1"]);
  assert.deepEqual(read(deletePodScript("bare", "n", null).script), ["destroy", "deletes pod bare"]);
  assert.deepEqual(read(cordonScript(node).script), ["change", "closes node worker-1 for new pods"]);
  assert.equal(read(drainScript(node, [web]).script)[0], "destroy");
});

test("checks only read, so they run without being asked for", () => {
  const service = { name: "web", port: 80, health: "/health", database: true, dependsOn: [] };
  assert.deepEqual(read(healthScript([{ service, workload: web }], "n").script), ["read"]);
  assert.deepEqual(read(databaseScript([web]).script), ["read"]);
  assert.deepEqual(read(integrityScript(web).script), ["read"]);
  assert.deepEqual(read(resourcesScript("n").script), ["read"]);
  assert.deepEqual(read(volumesScript("n").script), ["read"]);
  assert.deepEqual(read(diagnoseScript("web-1", "n").script), ["read"]);
  assert.deepEqual(read(responseTimesScript("web", "http://web.n.svc.cluster.local/health", 50).script), ["read"]);
});

test("what restarts dependents or runs another's script is asked for", () => {
  const restarts = ["change", "restarts deployment web", "restarts deployment db"];
  assert.deepEqual(read(restartInOrderScript([web, { ...web, name: "db" }]).script), restarts);
  const check = chaosScript("t", "/chaos", "./experiments/health-check.sh", "n").script;
  const stop = emergencyStopScript("/my chaos", ["kubectl delete workflow/night"], "n").script;
  for (const script of [check, stop]) {
    const { effect } = planScript({
      title: "",
      analysis: analyseBlock(script, "bash", parser),
      directory: "/",
      target,
    });
    assert.notEqual(effect, "read");
  }
  assert.match(
    stop,
    /kubectl delete workflow\/night \|\| failed=1\n\(cd '\/my chaos' && NAMESPACE=n .* \|\| failed=1\n/,
  );
});

test("the verdict is the last line and the exit code, and a refused change has none", () => {
  const { script } = scaleScript(web, 3, 2);
  const run = (kubectl: string) => {
    const { status, stdout } = spawnSync("bash", ["-c", `kubectl() { ${kubectl}; }\n${script}`], { encoding: "utf8" });
    return [status, stdout.replace(/\d+ s/, "N s")];
  };
  assert.deepEqual(run("true"), [0, "deployment/web recovered in N s\n"]);
  assert.deepEqual(run('[ "$2" != status ]'), [1, "deployment/web is not healthy after N s\n"]);
  assert.deepEqual(run("return 3"), [3, ""]);
});

test("pods are deleted one after another, each when the workload is whole, or all at once", () => {
  const verdict = [
    "if kubectl rollout status deployment/web -n n --timeout=120s; then",
    '  echo deployment/web "recovered in $SECONDS s"',
    "else",
    '  echo deployment/web "is not healthy after $SECONDS s"',
    "  exit 1",
    "fi",
    "",
  ];
  assert.deepEqual(forceRestartScript(web, ["a", "b"], "one-by-one").script.split("\n"), [
    "SECONDS=0",
    "kubectl delete pod/a -n n --ignore-not-found || exit",
    "kubectl rollout status deployment/web -n n --timeout=120s || exit",
    "kubectl delete pod/b -n n --ignore-not-found || exit",
    ...verdict,
  ]);
  assert.deepEqual(forceRestartScript(web, ["a", "b"], "at-once").script.split("\n"), [
    "SECONDS=0",
    "kubectl delete pod/a pod/b -n n --ignore-not-found || exit",
    ...verdict,
  ]);
});

test("what an action changed is put back by the same kind of action", () => {
  const undo = ({ undo }: ReturnType<typeof restartScript>) => ("script" in undo ? undo.script : undo.cannot);
  assert.equal(undo(scaleScript(web, 3, 2)), scaleScript(web, 2, 3).script);
  assert.equal(undo(rollBackScript(web, 1, 3)), rollBackScript(web, 3, 1).script);
  assert.equal(undo(pauseScript(web)), resumeScript(web).script);
  assert.equal(undo(resumeScript(web)), pauseScript(web).script);
  assert.equal(undo(cordonScript(node)), uncordonScript(node).script);
  assert.equal(undo(drainScript(node, [])), uncordonScript(node).script);
  assert.equal(undo(uncordonScript({ ...node, cordoned: true })), cordonScript(node).script);
});

test("what cannot be put back says why", () => {
  const why = ({ undo }: ReturnType<typeof restartScript>) => ("cannot" in undo ? undo.cannot : "");
  assert.match(why(restartScript(web)), /made anew/);
  assert.match(why(deletePodScript("a", "n", web)), /does not come back/);
  assert.match(why(forceRestartScript(web, ["a"], "at-once")), /does not come back/);
  assert.match(why(cordonScript({ ...node, cordoned: true })), /was cordoned before/);
  assert.match(why(uncordonScript(node)), /was not cordoned before/);
  assert.match(why(drainScript({ ...node, cordoned: true }, [])), /was cordoned before/);
});
