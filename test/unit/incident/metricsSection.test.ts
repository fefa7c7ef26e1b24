import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentEntry } from "../../../src/incident/entry.ts";
import { entryMarks } from "../../../src/incident/entryMarks.ts";
import { metricsSection } from "../../../src/incident/metricsSection.ts";
import { readEntry } from "../../../src/incident/readEntry.ts";
import { incidentReport } from "../../../src/incident/report.ts";
import { incidentCharts } from "../../../src/ui/incident/incidentCharts.ts";
import { chart, series } from "../metrics/sampleCharts.ts";
import { query, StandInSource } from "../metrics/standInSource.ts";

const by = "ana";
const began = Date.UTC(2026, 10, 25, 3);
const entries: IncidentEntry[] = [
  {
    type: "started",
    title: "Gateway",
    runbook: null,
    impact: null,
    expected: null,
    workloads: [],
    target: null,
    at: began,
    by,
  },
  { type: "metric", query: "Ready", words: "falls to 1 (usually 2)", value: 1, at: began + 60_000, by },
  {
    ...{ type: "event", id: "1/1", warning: true, object: "Pod/a", reason: "BackOff", message: "x" },
    ...{ at: began + 61_000, by },
  },
  { type: "ended", at: began + 600_000, by },
];
const clock = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");

test("a report shows the metrics as pictures and as a table, and says what could not be had", () => {
  const ready = chart("Ready", [series({ pod: "a" }, [2, 1, 2]), series({ pod: "b" }, [2])]);
  const metrics = {
    charts: [{ chart: ready, picture: "incident-metrics/1-ready.svg" }],
    problems: ["Errors could not be had: refused"],
  };
  const report = incidentReport(entries, { checklist: [], contacts: [], metrics, clock });
  assert.match(
    report,
    /## Metrics\n\n!\[Ready: pod=a from 1 to 2, last 2; pod=b from 2 to 2, last 2\]\(incident-metrics\/1-ready\.svg\)/,
  );
  assert.match(report, /\| Ready \| pod=a \| 1 \| 2 \| 2 \|\n\| Ready \| pod=b \| 2 \| 2 \| 2 \|/);
  assert.match(report, /- Errors could not be had: refused/);
  assert.match(report, /\| 03:01:00 \| Ready: falls to 1 \(usually 2\) \| ana \|/);
  assert.doesNotMatch(incidentReport(entries, { checklist: [], contacts: [], metrics: null, clock }), /## Metrics/);
});

test("without a folder there is no picture, and a chart without values says so", () => {
  const section = metricsSection({ charts: [{ chart: chart("Ready", []), picture: null }], problems: [] });
  assert.doesNotMatch(section, /!\[/);
  assert.match(section, /\| Ready \| \| no value in this time \|/);
});

test("a crossing is read back from its line, field by field", () => {
  const line = JSON.stringify(entries[1]);
  assert.deepEqual(readEntry(line), entries[1]);
  for (const wrong of ['"value":"1"', '"value":null', '"words":1']) {
    const [name = ""] = wrong.split(":");
    assert.equal(readEntry(line.replace(new RegExp(`${name}:("[^"]*"|[^,}]*)`), wrong)), null, wrong);
  }
});

test("charts mark what happened and leave out the cluster's events", () => {
  assert.deepEqual(
    entryMarks(entries).map(({ kind, words }) => [kind, words]),
    [
      ["incident", "Incident started: Gateway"],
      ["metric", "Ready: falls to 1 (usually 2)"],
      ["incident", "Incident ended"],
    ],
  );
});

test("the charts of an incident begin before it and end with it", async () => {
  const source = new StandInSource(() => 1);
  const found = await incidentCharts(entries, async () => ({ source, queries: [query("Ready"), query("Errors")] }));
  assert.deepEqual(
    found?.charts.map(({ label }) => label),
    ["Ready", "Errors"],
  );
  const [first] = source.questions;
  assert.ok(first && first.range.from <= began - 295_000 && first.range.to === began + 600_000);
  assert.equal(found?.charts[0]?.marks.length, 3);
  assert.equal(await incidentCharts(entries, async () => null), null);
});

test("a report is written also where the metrics cannot be had", async () => {
  const source = new StandInSource(() => 1);
  source.failure = new Error("refused");
  const some = await incidentCharts(entries, async () => ({ source, queries: [query("Ready")] }));
  assert.deepEqual(some, { charts: [], problems: ["Ready could not be had: refused"] });
  const none = await incidentCharts(entries, () => Promise.reject(new Error("No Prometheus was found.")));
  assert.deepEqual(none?.problems, ["The metrics could not be had: No Prometheus was found."]);
});
