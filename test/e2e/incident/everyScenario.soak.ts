import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import type { Bed } from "../../bed/bed.ts";
import { kubectl } from "../../run/kubectl.ts";
import { seen } from "../../run/until.ts";
import { inOneEditor, type SharedEditor } from "../sharedEditor.ts";
import { demoRunbook, runbookRead } from "./demoRunbook.ts";

const runbook = readRunbook(readFileSync(demoRunbook, "utf8"));
/** The workload that each of the four scenarios is about, and where its interventions stand. */
const drilled: readonly { readonly title: string; readonly workload: string; readonly interventions: RegExp }[] = [
  { title: "1. API Gateway Pod Failure", workload: "api-gateway", interventions: /^Manual Intervention/ },
  { title: "2. Auth Service Pod Failure", workload: "auth-service", interventions: /^Recovery Actions/ },
  { title: "3. Platform Services Pod Failure", workload: "platform-services", interventions: /^Recovery Actions/ },
  { title: "4. Database Pod Failure", workload: "postgres", interventions: /^Critical Actions/ },
];

/** Slower than on the demo: a person who intervenes must find the failure still there. */
const readyMs = 15_000;

inOneEditor(
  "Every scenario of the runbook",
  {
    timeoutMs: 2_400_000,
    fill: (folder) => {
      const file = join(folder, basename(demoRunbook));
      cpSync(demoRunbook, file);
      return file;
    },
  },
  // First: what the drills do to the metrics becomes usual.
  metricsOfADrill,
  scenarios,
);

/** From the injected failure to "recovered", by clicking, once by itself and once with what the runbook says to do by hand. */
function scenarios(shared: SharedEditor): void {
  describe("A scenario", { timeout: 2_000_000 }, () => {
    before(async () => {
      await runbookRead(shared.editor);
      await paceReadiness(shared.editor.bed, readyMs);
    });
    after(() => paceReadiness(shared.editor.bed, null));

    for (const { title, workload, interventions } of drilled) {
      it(`recovers by itself: ${title}`, async (context) => {
        await drill(shared, title, `Kill one pod of ${workload}`, "Follow it by itself, reading only");
        context.diagnostic(await verdict(shared, workload));
      });

      it(`recovers with its interventions: ${title}`, async (context) => {
        const many = workload === "postgres" ? "one pod" : "all pods";
        await drill(shared, title, `Kill ${many} of ${workload}`, "Follow it with me");
        await shared.editor.workbench.messages.notification(/waits for the recovery/).waitFor({ timeout: 60_000 });
        const lines = interventionLines(title, interventions);
        // What the runbook wants done with the database comes when it is there again.
        const during = workload === "postgres" ? 1 : lines.length;
        for (const line of lines.slice(0, during)) await runBlock(shared, line);
        context.diagnostic(await verdict(shared, workload));
        for (const line of lines.slice(during)) await runBlock(shared, line);
      });
    }
  });
}

/** How long pods take to become ready once they run, in ms; null for the demo's own pace. */
async function paceReadiness(bed: Bed, ms: number | null): Promise<void> {
  const annotations = { "bed.podbook.dev/ready-delay-ms": ms === null ? null : String(ms) };
  const patch = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
  for (const { workload } of drilled) {
    const kind = workload === "postgres" ? "statefulset" : "deployment";
    await kubectl(bed, "patch", `${kind}/${workload}`, "-n", "pyairtable", "-p", patch);
  }
  for (const { workload } of drilled) {
    const kind = workload === "postgres" ? "statefulset" : "deployment";
    await kubectl(bed, "rollout", "status", `${kind}/${workload}`, "-n", "pyairtable", "--timeout=120s");
  }
}

/** A failure that lasts is in the metrics, in the timeline as a crossing, and in the report as pictures. */
function metricsOfADrill(shared: SharedEditor): void {
  it("shows in the metrics of the drill's incident", { timeout: 700_000 }, async () => {
    const [first] = drilled;
    assert.ok(first);
    await runbookRead(shared.editor);
    await prometheusIsOld(shared.editor.bed, 240_000);
    await drill(shared, first.title, "Let api-gateway never become ready", "Follow it by itself, reading only");
    const timeline = shared.editor.page.locator(".pane", { hasText: "Incident: Drill" });
    await timeline
      .getByText(/Pods that are ready.*in all falls to/)
      .first()
      .waitFor({ timeout: 180_000 });
    await shared.editor.workbench.run("Podbook: Open Metrics");
    await shared.editor.page.locator(".tab", { hasText: /^Metrics: / }).waitFor();
    await inThemes(shared, "drill-metrics", "canvas");
    await shared.editor.workbench.run("Podbook: Stop Drill");
    await verdict(shared, first.workload);
    await shared.editor.page.locator(".tab", { hasText: /^Preview incident-/ }).waitFor({ timeout: 30_000 });
    await shared.editor.page.keyboard.press("Control+J");
    await shared.editor.page.locator(".tab", { hasText: /^Preview incident-/ }).dblclick();
    await inThemes(shared, "drill-report", "img");
    const reports = readdirSync(shared.editor.folder).filter((name) => /^incident-.*\.md$/.test(name));
    const texts = reports.map((name) => readFileSync(join(shared.editor.folder, name), "utf8"));
    const report = texts.find((text) => text.startsWith("# Drill: Let api-gateway never become ready"));
    assert.match(report ?? "", /Pods that are ready.*in all falls to/);
    assert.ok((report?.match(/\]\([^)]+\.svg\)/g)?.length ?? 0) >= 5, report);
  });
}

/** Resolves when Prometheus has run for so long (ms) that it knows what is usual. */
async function prometheusIsOld(bed: Bed, ms: number): Promise<void> {
  const started = ["get", "pod", "prometheus-0", "-n", "monitoring", "-o", "jsonpath={.status.startTime}"];
  await kubectl(bed, "rollout", "status", "statefulset/prometheus", "-n", "monitoring", "--timeout=60s");
  await delay(Math.max(0, Date.parse(await kubectl(bed, ...started)) + ms - Date.now()));
}

/** Pictures for a person to look at, of a page that has drawn what the selector finds. */
async function inThemes({ editor }: SharedEditor, name: string, drawn: string): Promise<void> {
  const isDrawn = async () => {
    for (const frame of editor.page.frames()) if ((await frame.locator(drawn).count()) > 0) return frame;
    return undefined;
  };
  const frame = await seen(isDrawn, () => `a page with ${drawn}`, 60_000);
  await frame.locator(drawn).first().scrollIntoViewIfNeeded();
  const themes = { "vs-dark": "Default Dark Modern", vs: "Default Light Modern" };
  for (const [theme, colours] of Object.entries(themes)) {
    await editor.change({ "workbench.colorTheme": colours });
    await editor.page.locator(`.monaco-workbench.${theme}`).waitFor();
    await editor.screenshot(`${name}-${theme}`);
  }
}

async function drill({ editor }: SharedEditor, title: string, failure: string, way: string): Promise<void> {
  const { workbench } = editor;
  await workbench.run("Notifications: Clear All Notifications");
  await workbench.run("View: Close All Editors");
  await workbench.openFile(basename(demoRunbook));
  await workbench.run("Podbook: Run Drill…");
  await workbench.pick(title);
  await workbench.pick(failure);
  await workbench.pick(way);
  await workbench.messages.press("Run Drill");
}

/** What the drill says at its end, which must be that everything is as before. */
async function verdict({ editor }: SharedEditor, workload: string): Promise<string> {
  const told = editor.workbench.messages.notification(/detected after/);
  const words = (await told.innerText({ timeout: 360_000 })).replaceAll(/\s+/g, " ");
  assert.match(words, /all is as before/);
  assert.match(words, /recovered in [\d.]+ (s|min)|was stopped|did not recover in time/);
  await editor.screenshot(`scenario-${workload}`);
  await kubectl(editor.bed, "rollout", "status", "deployment/api-gateway", "-n", "pyairtable", "--timeout=60s");
  return words;
}

/** The one-based lines of the fences of a scenario's interventions. */
function interventionLines(title: string, heading: RegExp): number[] {
  const scenario = runbook.scenarios.find((one) => one.title === title);
  assert.ok(scenario, title);
  const within = (line: number) => line >= scenario.line && line <= scenario.endLine;
  const section = runbook.sections.find((one) => within(one.line) && heading.test(one.title));
  assert.ok(section, `${heading} of ${title}`);
  return runbook.blocks.flatMap(({ line }) =>
    within(line) && line >= section.line && line <= section.endLine ? [line + 1] : [],
  );
}

/** Clicks Run over a block, agrees where it is asked, and resolves when the block has ended. */
async function runBlock({ editor }: SharedEditor, line: number): Promise<void> {
  const { workbench } = editor;
  await workbench.openFile(basename(demoRunbook));
  await workbench.lenses.click(line, "Run");
  const look = async () => {
    if (await workbench.messages.dialog().isVisible()) await workbench.messages.press("Run");
    const lens = (await workbench.lenses.seen()).find((one) => one.line === line);
    return lens?.titles.find((part) => /^[✓✗■]/.test(part));
  };
  const result = await seen(look, () => `the end of the block at line ${line}`, 120_000);
  // A container that is not up yet has no logs: kubectl says so and fails, in a real cluster too (in other words).
  if (!/is waiting to start|no logs found for container/.test(editor.lastOutput())) assert.match(result, /^✓ 0/);
}
