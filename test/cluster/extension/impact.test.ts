import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "../../../src/cluster/connection.ts";
import { type PinnedTarget, pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { previewPlan } from "../../../src/cluster/previewPlan.ts";
import { placeholderNames } from "../../../src/plan/blockScript.ts";
import { fillPlaceholders } from "../../../src/plan/fillPlaceholders.ts";
import type { KubectlAction, PlannedCommand } from "../../../src/plan/plan.ts";
import { planScript } from "../../../src/plan/planScript.ts";
import { describePlan } from "../../../src/plan/preview.ts";
import type { OutputBytes } from "../../../src/run/outputQueue.ts";
import { Run } from "../../../src/run/run.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { soaking } from "../../soak.ts";
import { testShellParser } from "../../unit/shellParser.ts";
import { DemoBed } from "../demoBed.ts";

const parser = await testShellParser();
const runbooks = join(import.meta.dirname, "../../../demo/runbooks");
const values: Readonly<Record<string, string>> = {
  "<deployment>": "platform-services",
  "<revision>": "0",
  "<node-name>": "worker-1",
  "<policy-name>": "impact-test",
  "<pod-name>": "postgres-0",
  "<service-name>": "postgres",
  "<pid>": "1",
  "/path/to/chaos-engineering": join(runbooks, "../chaos-engineering"),
};
const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: impact-test, namespace: pyairtable, labels: {podbook.dev/chaos: experiment}}
spec: {podSelector: {matchLabels: {app: none}}, policyTypes: [Ingress]}
`;

let demo: DemoBed;
let pinned: PinnedTarget;
let connection: Connection;

before(async () => {
  demo = await DemoBed.open();
  pinned = await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  connection = new Connection(pinned);
});

after(() => demo.close());

/** What is counted of the namespace, by kubectl itself. */
interface Moment {
  readonly pods: Map<string, string>;
  readonly replicas: Map<string, number>;
  readonly names: Set<string>;
}

async function look(): Promise<Moment> {
  const json = await demo.kubectl([
    "get",
    "pods,deployments,statefulsets,networkpolicies",
    "-n",
    "pyairtable",
    "-o",
    "json",
  ]);
  const items: {
    kind: string;
    metadata: { uid: string; name: string; labels?: Record<string, string> };
    spec: { replicas?: number };
  }[] = JSON.parse(json).items;
  return {
    pods: new Map(
      items.filter(({ kind }) => kind === "Pod").map(({ metadata }) => [metadata.uid, metadata.labels?.["app"] ?? ""]),
    ),
    replicas: new Map(
      items
        .filter(({ spec }) => spec.replicas !== undefined)
        .map(({ metadata, spec }) => [metadata.name, spec.replicas ?? 0]),
    ),
    names: new Set(items.filter(({ kind }) => kind !== "Pod").map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
  };
}

/** How much of what an action hit has changed between two moments; null where its verb leaves no trace to count. */
function happened({ call }: KubectlAction, one: Moment, other: Moment, output: string): number {
  const [verb = "", second = ""] = call.verb;
  const gonePods = (apps: readonly string[]) =>
    [...one.pods].filter(([uid, app]) => !other.pods.has(uid) && (apps.length === 0 || apps.includes(app))).length;
  if (verb === "scale") {
    return [...one.replicas].reduce((sum, [name, count]) => sum + Math.abs(count - (other.replicas.get(name) ?? 0)), 0);
  }
  if (verb === "rollout" && ["restart", "undo"].includes(second)) return gonePods(call.names);
  if (verb === "delete" && call.kinds.includes("pods")) return gonePods([]);
  if (verb === "delete") return [...one.names].filter((name) => !other.names.has(name)).length;
  // kubectl prints a line for each object that it patched, paused, resumed, cordoned.
  return output
    .trim()
    .split("\n")
    .filter((line) => line !== "").length;
}

async function run(script: string): Promise<string> {
  let output = "";
  const nothing = { commands: [], effect: "read" as const, timeoutMs: null };
  const plan = { title: "", script, directory: runbooks, target: pinned.target, ...nothing };
  const environment = { ...process.env, PATH: `${demo.bed.binDir}:${process.env["PATH"]}` };
  const onOutput = ({ bytes }: OutputBytes) => {
    output += bytes.toString();
  };
  const result = await new Run({
    plan,
    kubeconfig: pinned.kubeconfig,
    environment,
    onOutput,
    now: () => performance.now(),
  }).ended;
  assert.equal(result.exitCode, 0, output);
  return output;
}

/** Waits until what a command set going has come to its end, as the controllers say. */
async function settle(counted: () => Promise<number>, expected: number): Promise<number> {
  const deadline = Date.now() + 30_000;
  let count = await counted();
  while (count !== expected && Date.now() < deadline) {
    await delay(200);
    count = await counted();
  }
  // A count that is right now must stay right: what was hit once too often would show up a moment later.
  await demo.well();
  return counted();
}

/** Makes what a command needs to have its effect: a rollout that is paused or not, a policy, a second revision. */
async function prepare({ call }: KubectlAction): Promise<void> {
  const paused = call.verb[1] === "resume";
  for (const name of ["api-gateway", "auth-service", "platform-services"]) {
    await demo.kubectl(["patch", `deployment/${name}`, "-n", "pyairtable", "-p", JSON.stringify({ spec: { paused } })]);
  }
  if (call.kinds.includes("networkpolicies")) await demo.kubectl(["apply", "-f", "-"], { input: policy });
  if (call.verb[1] === "undo") {
    await run("kubectl rollout restart deployment/platform-services -n pyairtable");
    await run("kubectl rollout status deployment/platform-services -n pyairtable");
  }
}

function commandsOf(file: string): PlannedCommand[] {
  return readRunbook(readFileSync(join(runbooks, file), "utf8")).blocks.flatMap((block) => {
    const raw = analyseBlock(block.text, block.language, parser);
    const filled = fillPlaceholders(raw, new Map(placeholderNames(raw).map((name) => [name, values[name] ?? ""])));
    const analysis = analyseBlock(filled, "bash", parser);
    return planScript({ title: "", analysis, directory: runbooks, target: pinned.target }).commands;
  });
}

/** A command that stands in several runbooks is compared once. */
const seen = new Set<string>();

/** What no API can count, and how the plan says so instead. */
const notCountable: readonly (readonly [command: RegExp, said: RegExp])[] = [
  [/^\.\/(emergency-stop|health-check)\.sh/, /cannot tell what \.\/\S+\.sh does/],
  [/^kubectl exec .* psql /, /in the database in postgres-0/],
  [
    /^for name in [^;]+; do\n.*\n +kubectl rollout resume/,
    /cannot be counted: what it hits is only known when it runs/,
  ],
  [/^kill "\$forward"$/, /ends processes/],
  [/\$\(mktemp -d\)$/, /makes a temporary/],
  [/> "\$evidence\//, /writes "\$evidence/],
];

const main = "runbook-pod-failures.md";
for (const file of soaking ? readdirSync(runbooks) : [main]) {
  test(`impact counts equal what then happens: ${file}`, { timeout: 400_000 }, async () => {
    let compared = 0;
    for (const command of commandsOf(file)) {
      if (command.effect === "read" || seen.has(command.text)) continue;
      seen.add(command.text);
      const plan = {
        title: "",
        script: command.text,
        directory: runbooks,
        target: pinned.target,
        commands: [command],
        effect: command.effect,
        timeoutMs: null,
      };
      const [action] = command.actions.filter(({ effect }) => effect !== "read");
      if (action) await prepare(action);
      await demo.well();
      const preview = await previewPlan(plan, async () => connection, AbortSignal.timeout(10_000));
      assert.deepEqual([preview.problem, preview.refused], [null, []], command.text);
      const impacts = preview.impacts[0] ?? [];
      if (!action || command.uncounted || impacts.some(({ count }) => count === null)) {
        const [, said] = notCountable.find(([pattern]) => pattern.test(command.text)) ?? [];
        assert.ok(said, `this can be counted, but was not: ${command.text}`);
        assert.match(describePlan(plan, preview).join("\n"), said);
        continue;
      }
      const expected = impacts.reduce((sum, { count }) => sum + (count ?? 0), 0);
      const before = await look();
      const output = await run(`${command.text}\n`);
      const actual = await settle(async () => happened(action, before, await look(), output), expected);
      assert.equal(actual, expected, `${command.text}\n${impacts.map(({ sentence }) => sentence).join("\n")}`);
      compared++;
    }
    await demo.restore();
    assert.ok(compared > 0, "nothing was compared");
  });
}
