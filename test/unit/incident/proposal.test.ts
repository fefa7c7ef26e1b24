import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { EntryCommand, IncidentEntry } from "../../../src/incident/entry.ts";
import { proposeChanges } from "../../../src/incident/proposal.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { hostileTexts } from "../hostileTexts.ts";

const runbook = readFileSync(new URL("../../../demo/runbooks/runbook-pod-failures.md", import.meta.url), "utf8");
const by = "ana";
const at = (second: number) => Date.UTC(2026, 10, 25, 3, 0, second);
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const target = { context: "prod", namespace: "pyairtable" };
const gateway = "1. API Gateway Pod Failure";

const started = (scenario: string): IncidentEntry => ({
  type: "started",
  title: "Nobody can reach the API",
  runbook: "runbook-pod-failures.md",
  scenario,
  impact: null,
  expected: [30, 60],
  workloads: ["api-gateway"],
  target,
  at: at(0),
  by,
});
const recovery = (scenario: string, seconds: number): IncidentEntry => ({
  type: "recovery",
  scenario,
  target,
  startedAt: at(0),
  endedAt: at(seconds),
  recovered: true,
  expected: [30, 60],
  why: "",
  at: at(seconds),
  by,
});
const run = (texts: readonly string[], more: Partial<EntryCommand> & { failed?: boolean } = {}): IncidentEntry => ({
  type: "run",
  title: "Run",
  effect: more.effect ?? "change",
  target,
  commands: texts.map((text) => ({ text, effect: "change", outcome: "exit 0", ...more })),
  result: more.failed ? "✗ 22 · 1.0 s" : "✓ 0 · 1.0 s",
  succeeded: !more.failed,
  endedAt: at(21),
  at: at(20),
  by,
});
const propose = (entries: readonly IncidentEntry[], text = runbook) => proposeChanges(text, entries, day);
const added = (after: string, before = runbook) => {
  const known = before.split("\n");
  return after.split("\n").filter((line) => line !== "" && !known.includes(line));
};

test("a recovery outside of what is expected widens it, in its place", () => {
  const { text, changes, left } = propose([started(gateway), recovery(gateway, 75)]);
  assert.deepEqual(added(text), ["**Expected Recovery Time**: 30-75 seconds (measured 1 min 15 s on 2026-11-25)"]);
  assert.equal(text.split("\n").length, runbook.split("\n").length);
  assert.deepEqual(readRunbook(text).scenarios[0]?.expectedRecoverySeconds, [30, 75]);
  assert.deepEqual(readRunbook(text).scenarios[1], readRunbook(runbook).scenarios[1]);
  assert.deepEqual(changes, [`“${gateway}” is expected to recover in 30–75 s`]);
  assert.deepEqual(left, []);
});

test("without a scenario's clock, the incident's own recovery counts", () => {
  const health = (second: number, whole: boolean): IncidentEntry => ({
    type: "workload",
    name: "api-gateway",
    whole,
    ready: whole ? 2 : 0,
    wanted: 2,
    why: "",
    at: at(second),
    by,
  });
  assert.match(
    propose([started(gateway), health(1, false), health(95, true)]).text,
    /30-95 seconds \(measured 1 min 35 s/,
  );
  assert.equal(propose([started(gateway), health(1, false), health(45, true)]).text, runbook);
});

test("what was run and stands in no block becomes a block of the scenario, with placeholders for pods", () => {
  const { text } = propose([
    started(gateway),
    run([
      "kubectl get pods -n pyairtable -l app=api-gateway",
      "kubectl   logs -n pyairtable -l app=api-gateway --tail=100",
    ]),
    run(["kubectl delete pod api-gateway-7c9d8f6b5d-x2x4z -n pyairtable"]),
    run(["kubectl delete pod api-gateway-7c9d8f6b5d-q9q4z -n pyairtable"]),
    run(
      [
        "SECONDS=0",
        "kubectl rollout restart deployment/api-gateway",
        "if kubectl rollout status deployment/api-gateway --timeout=120s; then\n  echo ok\nfi",
      ],
      { outcome: "finished" },
    ),
    run(["kubectl scale deployment nothing --replicas=9"], { failed: true, outcome: "exit 1" }),
    run(["kubectl get secret x"], { outcome: "never started" }),
  ]);
  assert.deepEqual(added(text), [
    "#### Also used on 2026-11-25",
    "kubectl delete pod <pod-name> -n pyairtable",
    "kubectl rollout restart deployment/api-gateway",
    "kubectl rollout status deployment/api-gateway --timeout=120s",
  ]);
  const block = readRunbook(text).blocks.find(({ section }) => section?.title === "Also used on 2026-11-25");
  assert.equal(block?.language, "bash");
  assert.deepEqual(block?.section?.path.slice(-2), [gateway, "Also used on 2026-11-25"]);
});

test("a command that a block holds with a placeholder is none in addition", () => {
  const text = "# A\n\n**Impact**: x\n\n```bash\nkubectl logs <pod> -n <namespace>; ls\nbash /path/to/drill.sh\n```\n";
  const entries = [started("A"), run(["kubectl logs web-7c9d8f6b5d-x2x4z -n prod", "ls", "bash /srv/x/drill.sh"])];
  assert.equal(propose(entries, text).text, text);
  const other = propose([started("A"), run(["kubectl describe pod web-7c9d8f6b5d-x2x4z"])], text);
  assert.match(other.text, /^kubectl describe pod <pod>$/m);
});

test("a validation that failed is noted", () => {
  const curl = "curl -f http://api-gateway.pyairtable.svc.cluster.local:8080/api/status";
  const { text } = propose([started(gateway), run([curl], { failed: true, effect: "read", outcome: "exit 22" })]);
  assert.deepEqual(added(text), [
    "#### Validation failed on 2026-11-25",
    `- \` ${curl} \` on 2026-11-25 did not succeed: ✗ 22`,
  ]);
});

test("proposing twice adds nothing twice, whatever the line ends", () => {
  for (const before of [runbook, runbook.replaceAll("\n", "\r\n"), runbook.trimEnd()]) {
    const entries = [
      started(gateway),
      recovery(gateway, 75),
      recovery("2. Auth Service Pod Failure", 12),
      run(["kubectl top pods"]),
      run(["curl -f http://api-gateway.pyairtable.svc.cluster.local:8080/api/status"], {
        failed: true,
        effect: "read",
      }),
    ];
    const once = propose(entries, before);
    assert.equal(once.changes.length, 4);
    assert.equal(once.text.includes("\r\n"), before.includes("\r\n"));
    assert.equal(/[^\r]\n/.test(once.text), !before.includes("\r\n"));
    const twice = propose(entries, once.text);
    assert.equal(twice.text, once.text);
    assert.deepEqual(twice.changes, []);
  }
});

test("where nothing was learnt nothing changes", () => {
  const { text, changes, left } = propose([
    started(gateway),
    recovery(gateway, 41),
    run(["kubectl get pods -n pyairtable -l app=api-gateway"]),
  ]);
  assert.equal(text, runbook);
  assert.deepEqual([changes, left], [[], []]);
  assert.equal(propose([]).text, runbook);
});

test("what is not understood is left as it is, and said", () => {
  const text = "# A\n\n**Expected Recovery Time**: 1 min 30 s\n\n# B\n\n**Impact**: all\n";
  const times = propose([started("A"), recovery("A", 200)], text);
  assert.equal(times.text, text);
  assert.match(times.left.join(), /how that is written is not understood/);
  const nowhere = propose([started("C"), run(["kubectl top pods"])], text);
  assert.equal(nowhere.text, text);
  assert.match(nowhere.left.join(), /a command of no block, as .* no scenario/);
  const unfit = propose(
    [started("A"), run(["mysql --password=*** x", "echo \u202egnp", "a\nb\nc\nd", "x".repeat(501)])],
    text,
  );
  assert.equal(unfit.text, text);
  assert.equal(unfit.left.length, 3);
});

test("an open fence at the end of a scenario takes nothing in, and a rule stays behind it", () => {
  const open = "# A\n\n**Impact**: x\n\n```bash\nls\n";
  const inFence = propose([started("A"), run(["kubectl top pods"])], open);
  assert.equal(inFence.text, open);
  assert.match(inFence.left.join(), /no place/);
  const ruled = "# A\n\n**Impact**: x\n\n---\n\n# B\n";
  assert.match(propose([started("A"), run(["kubectl top pods"])], ruled).text, /top pods\n```\n\n---\n\n# B\n$/);
});

test("no text breaks out of the block or the note", () => {
  const text =
    "# A\n\n**Recovery Time**: 30 s\n\n## Validation\n\n```bash\ncurl -f http://web\n```\n\n# B\n\n[b](b.md)\n";
  for (const hostile of hostileTexts) {
    const name = JSON.stringify(hostile.slice(0, 80));
    const failed = run(["curl -f http://web", hostile], { failed: true, effect: "read" });
    const once = propose([started("A"), recovery("A", 75), run([hostile]), failed], text).text;
    const { blocks, sections, links } = readRunbook(once);
    assert.ok(blocks.length <= 2 && sections.length <= 5, `${name}\n${once.slice(0, 2000)}`);
    assert.deepEqual(
      links.map(({ href }) => href),
      ["b.md"],
      name,
    );
    assert.ok(once.length < 3000, name);
    assert.ok(propose([started("A"), recovery("A", 75), run([hostile]), failed], once).text === once, name);
  }
});
