import assert from "node:assert/strict";
import { test } from "node:test";
import { metricsPage } from "../../../src/ui/metrics/metricsPage.ts";
import { readRequest, readUpdate } from "../../../src/ui/metrics/viewMessages.ts";
import { hostileTexts } from "../hostileTexts.ts";
import { began, chart, series } from "./sampleCharts.ts";

test("the requests of the page are known by all of their fields", () => {
  const right = [
    { type: "ready" },
    { type: "choose", choice: { kind: "incident" } },
    { type: "choose", choice: { kind: "last", minutes: 15 } },
    { type: "choose", choice: { kind: "between", from: began, to: began + 1 } },
    { type: "edit", id: 1, expression: "up" },
    { type: "retry", id: null },
    { type: "save", id: 0, format: "png", content: "iVBORw0KGgo=" },
  ];
  for (const request of right) assert.deepEqual(readRequest(request), request);
  const wrong = [
    null,
    undefined,
    "ready",
    [],
    {},
    { type: "constructor" },
    { type: "__proto__" },
    { type: ["ready"] },
    { type: "choose" },
    { type: "choose", choice: { kind: "last", minutes: -1 } },
    { type: "choose", choice: { kind: "last", minutes: Number.POSITIVE_INFINITY } },
    { type: "choose", choice: { kind: "between", from: 2, to: 1 } },
    { type: "choose", choice: { kind: "between", from: 0, to: 1e15 } },
    { type: "edit", id: "1", expression: "up" },
    { type: "edit", id: 1, expression: "x".repeat(10_001) },
    { type: "retry", id: "all" },
    { type: "save", id: 0, format: "exe", content: "" },
    { type: "save", id: 0, format: "svg", content: 5 },
    { type: "command", command: "workbench.action.quit" },
    ...hostileTexts.map((text) => ({ type: text.slice(0, 1000) })),
  ];
  for (const request of wrong) assert.equal(readRequest(request), null, JSON.stringify(request)?.slice(0, 100));
});

test("so are the messages of the extension", () => {
  const one = chart("x", [series({}, [1, Number.NaN])]);
  const right = JSON.parse(JSON.stringify({ type: "chart", id: 0, chart: one }));
  assert.deepEqual(readUpdate(right), right);
  for (const wrong of [
    { ...right, id: null },
    { ...right, chart: { ...one, unit: "volts" } },
    { ...right, chart: { ...one, times: ["x"] } },
    { ...right, chart: { ...one, series: [{ name: "x", values: ["1"] }] } },
    { ...right, chart: { ...one, marks: [{ at: began, kind: "link", words: "x" }] } },
    { type: "focus" },
    { type: "ready" },
  ]) {
    assert.equal(readUpdate(wrong), null, JSON.stringify(wrong).slice(0, 200));
  }
});

test("the page allows its own script and style and nothing else", () => {
  const html = metricsPage({
    script: "https://x/metricsView.js",
    style: "https://x/metricsView.css",
    styleSource: "https://x",
    nonce: "abc",
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  assert.equal(
    policy,
    "default-src 'none'; script-src 'nonce-abc'; style-src https://x; img-src blob:; base-uri 'none'; form-action 'none'",
  );
  assert.doesNotMatch(html, /unsafe|onload=|<script(?! nonce="abc" src=)/);
});
