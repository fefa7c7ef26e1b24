import assert from "node:assert/strict";
import { test } from "node:test";
import { planScript } from "../../../src/plan/planScript.ts";
import {
  describeScript,
  eventsScript,
  forwardPodScript,
  isLogDuration,
  kubectlCommands,
  type LogPart,
  logsScript,
  type Subject,
  shellScript,
} from "../../../src/recovery/lookActions.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const target = { context: "kind-a", namespace: "shop" };
const pod: Subject = { kind: "pod", pod: "web-1", container: null };
const workload: Subject = { kind: "workload", name: "deployment/web", selector: "app=web", pods: ["web-1", "web-2"] };

function effectOf(script: string): string {
  return planScript({ title: "", analysis: analyseBlock(script, "bash", parser), directory: "/", target }).effect;
}

test("logs of a pod are those of all its containers, or of the one that was chosen", () => {
  assert.equal(
    logsScript(pod, { kind: "last", lines: 500 }, "shop").script,
    "kubectl logs -n shop pod/web-1 --all-containers --prefix --tail=500\n",
  );
  const { title, script } = logsScript({ ...pod, container: "app" }, { kind: "previous" }, "shop");
  assert.equal(script, "kubectl logs -n shop pod/web-1 -c app --prefix --previous --tail=500\n");
  assert.equal(title, "Logs before the last restart of web-1, container app");
});

test("logs of a workload are merged from all its pods", () => {
  assert.equal(
    logsScript(workload, { kind: "follow" }, "shop").script,
    "kubectl logs -n shop -l app=web --all-containers --prefix -f --tail=20 --max-log-requests=50\n",
  );
  // A pod that has not crashed has none from before, and must not keep those of the others back.
  assert.equal(logsScript(workload, { kind: "previous" }, "shop").script.trim().split("\n").length, 2);
  const unknown = logsScript({ ...workload, selector: "" }, { kind: "since", duration: "15m" }, "shop").script;
  assert.match(unknown, /pod\/web-1 .*--since=15m --tail=-1\nkubectl .*pod\/web-2/);
});

test("what only looks runs without a question; a shell asks", () => {
  const parts: LogPart[] = [
    { kind: "last", lines: 5 },
    { kind: "since", duration: "1h" },
    { kind: "follow" },
    { kind: "previous" },
  ];
  for (const subject of [pod, workload]) {
    for (const part of parts) assert.equal(effectOf(logsScript(subject, part, "shop").script), "read");
    assert.equal(effectOf(describeScript(subject, "shop").script), "read");
    assert.equal(effectOf(eventsScript(subject, "shop").script), "read");
  }
  assert.equal(effectOf(forwardPodScript("web-1", 80, "shop").script), "read");
  assert.equal(effectOf(shellScript("web-1", "app", "shop").script), "change");
});

test("names that the cluster gives are words of their command line, whatever they are", () => {
  const evil = "x; rm -rf /";
  const named: Subject = { kind: "pod", pod: evil, container: evil };
  const chosen: Subject = { kind: "workload", name: `deployment/${evil}`, selector: evil, pods: [evil] };
  const scripts = [named, chosen].flatMap((subject) => [
    logsScript(subject, { kind: "follow" }, evil).script,
    describeScript(subject, evil).script,
    eventsScript(subject, evil).script,
    ...kubectlCommands(subject, { context: evil, namespace: evil }),
  ]);
  for (const script of [...scripts, shellScript(evil, evil, evil).script, forwardPodScript(evil, 1, evil).script]) {
    const { commands } = analyseBlock(`${script}\n`, "bash", parser);
    const programs = commands.flatMap(({ calls }) => calls.map(({ program }) => program));
    assert.ok(!programs.includes("rm"), script);
  }
});

test("durations are told from other text", () => {
  for (const one of ["15m", "2h", "1h30m", "90s"]) assert.ok(isLogDuration(one), one);
  for (const one of ["", "15", "m", "-5m", "1 h", "5d"]) assert.ok(!isLogDuration(one), one);
});

test("copied command lines name the context", () => {
  assert.ok(kubectlCommands(pod, target).every((line) => line.startsWith("kubectl --context kind-a -n shop ")));
  assert.ok(kubectlCommands(workload, target).some((line) => line.endsWith("rollout restart deployment/web")));
});
