import assert from "node:assert/strict";
import { test } from "node:test";
import { type IncidentEntry, mergeEntries } from "../../../src/incident/entry.ts";
import { readEntry } from "../../../src/incident/readEntry.ts";
import { incidentReport } from "../../../src/incident/report.ts";
import { incidentTimes } from "../../../src/incident/times.ts";

const by = "ana";
const at = (second: number) => Date.UTC(2026, 10, 25, 3, 0, second);
const target = { context: "prod", namespace: "pyairtable" };
const sources = {
  checklist: ["Update the runbook"],
  contacts: [{ text: "On call: #sre", email: null }],
  metrics: null,
  clock: (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " "),
};
const workload = (second: number, name: string, ready: number, why = ""): IncidentEntry => ({
  type: "workload",
  name,
  whole: ready === 2,
  ready,
  wanted: 2,
  why,
  at: at(second),
  by,
});
const course: IncidentEntry[] = [
  workload(0, "api-gateway", 0, "is being deleted"),
  {
    type: "started",
    title: "API Gateway Pod Failure",
    runbook: "pods.md",
    impact: "Clients cannot reach the API",
    expected: [30, 60],
    workloads: ["api-gateway"],
    target,
    at: at(10),
    by,
  },
  workload(12, "auth-service", 1),
  { type: "note", text: "paged by the gateway alert", at: at(15), by: "bob" },
  { type: "decided", agreed: true, title: "Restart", hits: ["restarts 2 pods"], at: at(19), by },
  {
    type: "run",
    title: "Restart",
    effect: "change",
    target,
    commands: [{ text: "kubectl rollout restart deployment/api-gateway", effect: "change", outcome: "exit 0" }],
    result: "✓ 0 · 1.0 s",
    succeeded: true,
    endedAt: at(21),
    at: at(20),
    by,
  },
  workload(70, "auth-service", 2),
  workload(75, "api-gateway", 2),
  { type: "ended", at: at(90), by },
];

test("the moments are those of the scenario's workloads and of what people did", () => {
  assert.deepEqual(incidentTimes(course), {
    began: at(0),
    detected: at(0),
    acknowledged: at(10),
    mitigated: at(21),
    recovered: at(75),
  });
  assert.equal(incidentTimes(course.slice(0, -2)).recovered, null);
});

test("trouble that was seen late began when the API says", () => {
  const [first, ...others] = course;
  const late = first?.type === "workload" ? { ...first, since: at(-30) } : assert.fail();
  const { began, detected } = incidentTimes([late, ...others]);
  assert.deepEqual({ began, detected }, { began: at(-30), detected: at(0) });
  const report = incidentReport([late, ...others], sources);
  assert.match(report, /\| to detect .* \| 30 s \| \|/);
  assert.match(report, /\| to recover .* \| 1 min 45 s \| 30–60 s \|/);
});

test("what a scenario's clock has measured is told beside what was expected", () => {
  const recovery: IncidentEntry = {
    type: "recovery",
    scenario: "1. Gateway",
    target,
    startedAt: at(0),
    endedAt: at(41),
    recovered: true,
    expected: [30, 60],
    why: "",
    at: at(41),
    by,
  };
  const report = incidentReport([...course, recovery, { ...recovery, recovered: false }], sources);
  assert.match(report, /1\. Gateway: recovered in 41 s \(expected 30–60 s\) \| ana \|/);
  assert.match(report, /\| &#8203;1\. Gateway, by its clock \| recovered in 41 s \| 30–60 s \|/);
  assert.match(report, /- &#8203;1\. Gateway was left before it had recovered/);
});

test("a change that was undone is told", () => {
  const undo = course.flatMap((entry) => (entry.type === "run" ? { ...entry, title: "Undo: Scale db to 2" } : []));
  assert.match(incidentReport([...course, ...undo], sources), /- A change was undone: Scale db to 2/);
});

test("the report tells what happened in order, against what was expected, and what is still to be done", () => {
  const report = incidentReport(course, sources);
  assert.match(report, /\*\*Recovery\*\*: recovered in 1 min 15 s \(expected 30–60 s, late by 15 s\)/);
  const rows = report.split("\n").filter((line) => /^\| 03:/.test(line));
  assert.equal(rows.length, course.length);
  assert.match(rows[0] ?? "", /03:00:00 \| api-gateway is not whole: 0\/2 ready/);
  assert.match(report, /\| to mitigate .* \| 21 s \|/);
  assert.match(report, /- auth-service was not whole, though the scenario is not about it/);
  assert.match(report, /kubectl rollout restart deployment\/api-gateway\n# → exit 0/);
  assert.match(report, /- \[ \] Update the runbook/);
  assert.match(report, /\*\*People\*\*: ana, bob/);
});

test("two people's files make one timeline, in which what is the same stands once", () => {
  const mine = course.filter((entry) => entry.by === by);
  const merged = mergeEntries(mine, [...course].reverse());
  assert.deepEqual(merged, course);
});

test("what the cluster told two people stands once in their timeline", () => {
  const row = { status: "Running", ready: 1, total: 1, restarts: 0 };
  const told = (by: string, ms: number): IncidentEntry[] => [
    { ...workload(0, "api-gateway", 0, `${ms} ms ago`), at: at(0) + ms, by },
    { type: "pod", pod: "api-1", workload: "api-gateway", was: row, is: null, at: at(1) + ms, by },
    {
      ...{ type: "event", id: "7/1", warning: true, object: "Pod/api-1", reason: "BackOff", message: "x" },
      ...{ at: at(2) + ms, by },
    },
    { type: "restart", workload: "api-gateway", pod: "api-2", why: "", at: at(3) + ms, by },
  ];
  const mine = told("ana", 0);
  assert.deepEqual(mergeEntries(told("bob", 400), mine), mine);
  const later = told("bob", 60_000);
  assert.equal(mergeEntries(mine, later).length, mine.length + later.length);
  const again = told("ana", 1000);
  assert.equal(mergeEntries(mine, again).length, mine.length + again.length, "one person's window sees nothing twice");
});

test("a line that was cut off, or is something else, is no entry", () => {
  for (const line of [
    "",
    '{"type":"note","te',
    "[]",
    "null",
    '{"type":"evil","at":1,"by":"x"}',
    '{"type":"note","at":"1","by":"x"}',
    '{"type":"note","at":1,"by":"x"}',
    '{"type":"note","text":"x","at":1e300,"by":"x"}',
    '{"type":"note","text":"x","at":1,"by":["x"]}',
    '{"type":"constructor","at":1,"by":"x"}',
    JSON.stringify({ ...course[1], expected: ["<script>alert(1)</script>", 1] }),
    JSON.stringify({ ...course[1], target: { context: "prod", namespace: {} } }),
    JSON.stringify({ ...course[5], commands: [{ text: "ls" }] }),
    '{"type":"pod","pod":"a","workload":"b","was":null,"is":{"status":"Running"},"at":1,"by":"x"}',
  ]) {
    assert.equal(readEntry(line), null, line);
  }
  assert.deepEqual(readEntry(JSON.stringify(course[0])), course[0]);
});

test("a contact's mail is a link where the address can be nothing else", () => {
  const contacts = [
    { text: "SRE: sre@x.example", email: "sre@x.example" },
    { text: "Evil", email: "a@b.example?bcc=c@d.example" },
  ];
  const report = incidentReport(course, { ...sources, contacts });
  assert.match(report, /- SRE: sre&#64;x\.example \(\[mail\]\(mailto:sre@x\.example\)\)\n- Evil\n$/);
});

test("a very long text is cut, and says so", () => {
  const text = "x".repeat(10_000_000);
  const report = incidentReport([{ type: "note", text, at: at(0), by }], sources);
  assert.ok(report.length < 10_000);
  assert.match(report, /9998006 characters left out/);
});

test("the report of a drill takes what breaks and puts back for neither intervention nor mitigation", () => {
  const [, started, , , , run] = course;
  assert.ok(started?.type === "started" && run?.type === "run");
  const drill: IncidentEntry[] = [
    { ...started, title: "Drill: Kill one pod of api-gateway" },
    { ...run, title: "Drill: Kill one pod of api-gateway" },
    workload(30, "api-gateway", 1),
    workload(40, "api-gateway", 2),
  ];
  const report = incidentReport(drill, sources);
  assert.match(report, /^# Drill: Kill one pod of api-gateway$/m);
  assert.match(report, /## Manual Interventions\n\nNone: the platform recovered by itself\./);
  assert.match(report, /kubectl rollout restart deployment\/api-gateway\n# → exit 0/);
  assert.equal(incidentTimes(drill).mitigated, null);
  assert.equal(incidentTimes([...drill, { ...run, at: at(50) }]).mitigated, at(21));
});

test("what a drill has put back has not recovered", () => {
  const health = (at: number, whole: boolean): IncidentEntry => ({
    ...{ type: "workload", name: "api-gateway", whole, ready: whole ? 2 : 0, wanted: 2, why: "", at, by: "anna" },
  });
  const run: IncidentEntry = {
    ...{ type: "run", title: "Drill: put back api-gateway", effect: "change", target: null, commands: [] },
    ...{ result: "✓ 0", succeeded: true, endedAt: 50_000, at: 40_000, by: "anna" },
  };
  const trouble = health(10_000, false);
  const putBack = [trouble, run, health(50_000, true)];
  assert.equal(incidentTimes(putBack).recovered, null);
  assert.match(incidentReport(putBack, sources), /## Manual Interventions\n\nNone\.\n/);
  assert.equal(incidentTimes([trouble, health(30_000, true), run, health(50_000, true)]).recovered, 30_000);
});
