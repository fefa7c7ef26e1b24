import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Chart } from "../../../src/metrics/chart.ts";
import { chartSvg } from "../../../src/metrics/chartSvg.ts";
import type { ViewRequest, ViewUpdate } from "../../../src/ui/metrics/viewMessages.ts";
import { hostileTexts } from "../../unit/hostileTexts.ts";
import { began, chart, chartOfText, series, step } from "../../unit/metrics/sampleCharts.ts";
import { MetricsViewPage } from "./metricsViewPage.ts";

let view: MetricsViewPage;
before(async () => {
  view = await MetricsViewPage.open();
});
after(() => view.close());
beforeEach(async () => {
  await view.page.reload();
  await view.colour("dark");
});

const runbook = (...labels: readonly string[]): ViewUpdate => ({
  type: "runbook",
  title: "pods.md",
  source: "http://127.0.0.1:9090",
  choice: { kind: "incident" },
  inIncident: true,
  queries: labels.map((label, id) => ({ id, label, expression: `query_${id}`, note: "rate over 5 min" })),
});
const marks = [
  { at: began + 10 * step, kind: "workload", words: "api is not whole: 1/2 ready" },
  { at: began + 20 * step, kind: "run", words: "Changed: Restart → ✓ 0" },
] as const;
const values = Array.from({ length: 41 }, (_, index): number => (index >= 10 && index < 25 ? 1 : 2));
const ready = chart("Ready pods", [series({ pod: "a" }, values), series({ pod: "b" }, [2, 2])], "number", marks);

/** The last request of a type that the page has sent. */
async function lastRequest<Type extends ViewRequest["type"]>(type: Type) {
  const found = (await view.requests()).findLast(
    (one): one is Extract<ViewRequest, { type: Type }> => one.type === type,
  );
  return found ?? assert.fail(`no request ${type}`);
}

test("the page says that it is ready, draws what it is told, and loads nothing else", async () => {
  assert.deepEqual(await view.requests(), [{ type: "ready" }]);
  await view.tell(
    runbook("Ready pods"),
    { type: "chart", id: 0, chart: ready },
    { type: "asked", askedAt: began, isLive: true },
  );
  assert.ok((await view.drawn()) > 0.5);
  assert.equal(await view.page.locator("h1").textContent(), "Metrics of pods.md");
  assert.equal(await view.page.locator(".now").textContent(), "1 of 2 series: 2");
  assert.match((await view.page.locator(".state").textContent()) ?? "", /^Live · asked at 03:00:00$/);
  assert.deepEqual(await view.page.locator(".legend li").allTextContents(), ["pod=a2", "pod=bno value"]);
  assert.deepEqual(await view.refused(), []);
});

test("arrow keys move through the time, and what they come to is spoken", async () => {
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  const plot = view.page.locator(".plot");
  assert.match((await plot.getAttribute("aria-label")) ?? "", /^Ready pods: pod=a from 1 to 2, last 2; .*Arrow keys/);
  const spoken = () => view.page.locator(".spoken").textContent();
  await plot.focus();
  await view.page.keyboard.press("Home");
  assert.equal(await spoken(), "03:00:00: pod=a 2; pod=b 2");
  await view.page.keyboard.press("Shift+ArrowRight");
  assert.equal(await spoken(), "03:02:30: pod=a 1; pod=b no value. api is not whole: 1/2 ready");
  await view.page.keyboard.press("ArrowLeft");
  assert.match((await spoken()) ?? "", /^03:02:15: pod=a 2/);
  await view.page.keyboard.press("End");
  assert.match((await spoken()) ?? "", /^03:10:00/);
  const later = chart("Ready pods", [series({ pod: "a" }, values.with(40, 7))], "number", marks);
  await view.tell({ type: "chart", id: 0, chart: later });
  assert.match((await view.page.locator(".legend").textContent()) ?? "", /7$/, "the cursor stays at its time");
  await view.page.keyboard.press("Escape");
  assert.equal(await spoken(), "");
});

test("Tab comes to the marks, the arrow keys go through them, and each says what it is", async () => {
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  await view.page.locator("textarea").focus();
  await view.page.keyboard.press("Tab");
  const tip = view.page.locator(".tip");
  assert.equal(await tip.textContent(), "03:02:30 api is not whole: 1/2 ready");
  await view.page.keyboard.press("ArrowRight");
  assert.equal(await tip.textContent(), "03:05:00 Changed: Restart → ✓ 0");
  await view.page.keyboard.press("Escape");
  assert.equal(await tip.isVisible(), false);
  await view.page.locator(".mark").first().hover();
  assert.equal(await tip.isVisible(), true);
  await view.page.keyboard.press("Tab");
  assert.equal(await view.page.evaluate("document.activeElement.className"), "plot");
});

test("the values are there as a table too, which goes on living", async () => {
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  const toggle = view.page.getByRole("button", { name: "Ready pods as a table" });
  await toggle.focus();
  await view.page.keyboard.press("Enter");
  assert.equal(await toggle.getAttribute("aria-pressed"), "true");
  assert.deepEqual(await view.page.locator("thead th").allTextContents(), ["Time", "pod=a", "pod=b"]);
  assert.deepEqual(await view.page.locator("tbody tr").first().locator("th,td").allTextContents(), [
    "2026-11-25 03:10:00",
    "2",
    "no value",
  ]);
  assert.equal(await view.page.locator("tbody tr").count(), 41);
  await view.tell({ type: "chart", id: 0, chart: chart("Ready pods", [series({}, [5])]) });
  assert.equal(await view.page.locator("tbody tr").count(), 1);
  await view.page.keyboard.press("Enter");
  assert.equal(await view.page.locator("table").count(), 0);
});

test("a chart is saved as a real PNG, SVG and CSV", async () => {
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  const save = async (format: string) => {
    const before = (await view.requests()).length;
    await view.page.getByRole("button", { name: `Save Ready pods as ${format}` }).click();
    await view.page.waitForFunction(`window.sent.length > ${before}`);
    return (await lastRequest("save")).content;
  };
  const png = Buffer.from(await save("PNG"), "base64");
  assert.equal(png.subarray(0, 8).toString("hex"), "89504e470d0a1a0a");
  assert.equal(png.readUInt32BE(16), 1920, "as wide as two pixels for each of its own");
  assert.ok(png.length > 20_000, `${png.length} bytes: more than an empty sheet`);
  assert.match(
    await save("SVG"),
    /^<svg [\s\S]*<style>\.back\{fill:#1f1f1f\}[\s\S]*<\/svg>\n$/,
    "in the colours of the theme",
  );
  assert.match(await save("CSV"), /^time,pod=a,pod=b\r\n2026-11-25T03:00:00\.000Z,2,2\r\n/);
  assert.deepEqual(await view.refused(), []);
});

test("a changed query is asked by Enter; what the person is typing stays when values come", async () => {
  await view.tell(runbook("Ready pods"));
  const text = view.page.locator("textarea");
  assert.equal(await text.inputValue(), "query_0");
  await text.fill("sum(query_0)");
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  assert.equal(await text.inputValue(), "sum(query_0)");
  await text.press("Enter");
  assert.deepEqual(await lastRequest("edit"), { type: "edit", id: 0, expression: "sum(query_0)" });
  await text.press("Escape");
  assert.equal(await text.inputValue(), "query_0");
});

test("the time is chosen from the list, or from when to when", async () => {
  await view.tell(runbook("Ready pods"));
  await view.page.getByLabel("Time", { exact: true }).selectOption("60");
  assert.deepEqual((await lastRequest("choose")).choice, { kind: "last", minutes: 60 });
  await view.page.getByLabel("Time", { exact: true }).selectOption("between");
  await view.page.getByLabel("From", { exact: true }).fill("2026-11-25T03:00:00");
  await view.page.getByLabel("To", { exact: true }).fill("2026-11-25T02:00:00");
  await view.page.getByRole("button", { name: "Show this time" }).click();
  assert.match((await view.page.locator(".wrong").textContent()) ?? "", /must be after the beginning/);
  await view.page.getByLabel("To", { exact: true }).fill("2026-11-25T04:00:00");
  await view.page.getByRole("button", { name: "Show this time" }).click();
  assert.deepEqual((await lastRequest("choose")).choice, { kind: "between", from: began, to: began + 3_600_000 });
});

test("what could not be had is said beside its query, with a way to ask again", async () => {
  await view.tell(runbook("Ready pods", "Errors"), {
    type: "problem",
    id: 1,
    message: "Prometheus cannot be reached.",
  });
  await view.tell({ type: "chart", id: 0, chart: chart("Ready pods", []) });
  assert.match((await view.page.locator(".card").nth(0).textContent()) ?? "", /No value in this time\./);
  assert.match((await view.page.getByRole("alert").filter({ visible: true }).textContent()) ?? "", /cannot be reached/);
  await view.page.getByRole("button", { name: "Ask for Errors again" }).click();
  assert.deepEqual(await lastRequest("retry"), { type: "retry", id: 1 });
  await view.tell({ type: "chart", id: 1, chart: ready });
  assert.equal(await view.page.getByRole("alert").filter({ visible: true }).count(), 0);
  await view.tell({ type: "nothing", title: "pods.md", message: "No Prometheus was found." });
  assert.equal(await view.page.locator(".card").count(), 0);
  await view.page.getByRole("button", { name: "Ask again" }).click();
  assert.deepEqual(await lastRequest("retry"), { type: "retry", id: null });
});

test("what is no message of the extension is left out", async () => {
  await view.tell(runbook("Ready pods"));
  const wrong: unknown[] = [null, 1, "x", {}, { type: "html", html: "<b>" }, { ...runbook("x"), queries: 5 }];
  for (const message of [...wrong, { type: "chart", id: 0, chart: { ...ready, series: [{ name: {}, values: [] }] } }]) {
    await view.tell(message as ViewUpdate);
  }
  assert.equal(await view.page.locator("h2").textContent(), "Ready pods");
  assert.equal(await view.page.locator(".legend li").count(), 0);
});

test("labels that try to be more than text are inert, wherever they stand", async () => {
  const tags = "[...new Set([...document.querySelectorAll('body *')].map(({ localName }) => localName))]";
  const openTables = "for (const one of document.querySelectorAll('[aria-label$=table]')) one.click?.()";
  /** Everything that can be shown at once, with these texts. */
  const show = async (texts: readonly string[]): Promise<string[]> => {
    const charts = texts.map((text): Chart => ({ ...chartOfText(text), label: text }));
    await view.tell({ type: "nothing", title: texts[0] ?? "", message: texts[0] ?? "" });
    const update = runbook(...texts);
    const own =
      update.type === "runbook"
        ? update.queries.map((one) => ({ ...one, note: one.label, expression: one.label }))
        : [];
    await view.page.evaluate(
      [{ ...update, queries: own }, ...charts.map((one, id) => ({ type: "chart", id, chart: one }))]
        .map((message) => `postMessage(${JSON.stringify(message)});`)
        .join(""),
    );
    await view.tell(...texts.slice(0, 3).map((message, id): ViewUpdate => ({ type: "problem", id, message })));
    await view.page.evaluate(openTables);
    return view.page.evaluate(tags);
  };
  const own = await show(["x", "y", "z"]);
  // What the extension would have made short is not: the page must not rely on it.
  const found = await show(hostileTexts.map((text) => text.slice(0, 2000)));
  assert.ok(own.includes("table"));
  assert.deepEqual(
    found.filter((tag) => !own.includes(tag)),
    [],
  );
  assert.equal(await view.page.locator(".card").count(), hostileTexts.length);
  assert.deepEqual(await view.refused(), []);
});

test("a picture with such labels is one that a browser can read, and leads nowhere", async () => {
  const options = { width: 720, plotHeight: 200, theme: null, clock: (at: number) => new Date(at).toISOString() };
  const svgs = hostileTexts.map((text) => chartSvg(chartOfText(text), options));
  assert.equal(await view.unfitPictures(svgs), 0);
  assert.equal(await view.unfitPictures(["<svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>']), 2);
});

test("in every theme the lines have its colours", async () => {
  await view.tell(runbook("Ready pods"), { type: "chart", id: 0, chart: ready });
  const colours = [];
  for (const theme of ["light", "dark", "high contrast"] as const) {
    await view.colour(theme);
    await view.tell();
    colours.push(await view.page.locator(".legend path").first().getAttribute("stroke"));
  }
  assert.deepEqual(colours, ["#1a85ff", "#3794ff", "#59a4f9"]);
});
