import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { insist, until } from "../../run/until.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { demoRunbook, runbookLines } from "./demoRunbook.ts";

const name = basename(demoRunbook);
const scenario = "1. API Gateway Pod Failure";
const at = Date.UTC(2026, 0, 5, 12);
const target = { context: "podbook", namespace: "pyairtable" };
const command = { text: "kubectl get replicasets -n pyairtable", effect: "read", outcome: "exit 0" };

/** An incident of an earlier day, as its file has it. */
const entries = [
  {
    type: "started",
    title: "Gateway down for long",
    runbook: name,
    scenario,
    impact: null,
    expected: [30, 60],
    workloads: ["api-gateway"],
    target,
  },
  {
    type: "run",
    title: "Top",
    effect: "read",
    target,
    commands: [command],
    result: "✓ 0 · 0.1 s",
    succeeded: true,
    endedAt: at,
  },
  {
    type: "recovery",
    scenario,
    target,
    startedAt: at,
    endedAt: at + 95_000,
    recovered: true,
    expected: [30, 60],
    why: "",
  },
  { type: "ended" },
].map((entry, index) => ({ ...entry, at: at + index * 1000, by: "ana" }));

/** What is left of incidents: measured recoveries, changes of the runbook, and people to tell. */
export function lessons(shared: SharedEditor): void {
  describe("After an incident", { timeout: 480_000 }, () => {
    const file = () => join(shared.editor.folder, name);

    it("lists the recoveries that were measured, and shows the last beside its scenario", async () => {
      const { workbench, page, screenshot } = shared.editor;
      await workbench.run("Notifications: Clear All Notifications");
      await workbench.openAlone(name);
      await workbench.run("Podbook: Show Recoveries");
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: name });
      await row
        .filter({ hasText: /expected/ })
        .first()
        .waitFor();
      await screenshot("recoveries");
      await page.keyboard.press("Escape");
      const pane = page.locator(".pane", { has: page.locator('.pane-header[aria-label^="Runbooks"]') });
      await pane.locator(".pane-header").click();
      const part = pane.locator(".monaco-list-row", { hasText: scenario });
      await part.filter({ hasText: /recovered in [\d.]+ s at \d\d:\d\d/ }).waitFor();
      await screenshot("last-recovery");
      await pane.locator(".pane-header").click();
    });

    it("shows what it has taught as a diff of the runbook, which Apply writes and Undo takes back", async () => {
      const { workbench, page, data, screenshot } = shared.editor;
      const folder = join(data, "data/User/globalStorage/podbook.podbook/incidents");
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, "incident-20260105-1200.jsonl"),
        entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""),
      );
      await workbench.goToLine(1);
      await workbench.run("Podbook: Propose Runbook Changes");
      await workbench.pick("Gateway down for long");
      await page.locator(".monaco-diff-editor", { hasText: "measured 1 min 35 s on 2026-01-05" }).waitFor();
      await workbench.messages.notification(/Proposed: .*recover in 30–95 s.*a command of no block/).waitFor();
      await screenshot("proposal");
      const apply = page.locator(".part.editor .editor-actions").getByRole("button", { name: "Apply Runbook Changes" });
      await insist(
        () => apply.click({ timeout: 5_000 }),
        () => page.locator(".monaco-diff-editor").waitFor({ state: "hidden", timeout: 5_000 }),
      );
      await page.keyboard.press("Control+S");
      await until(() => readFileSync(file(), "utf8").includes("measured"), "the runbook is saved", 10_000);
      const saved = readFileSync(file(), "utf8");
      assert.match(
        saved,
        /\n\n#### Also used on 2026-01-05\n\n```bash\nkubectl get replicasets -n pyairtable\n```\n\n### 2\. /,
      );
      await page.keyboard.press("Control+Z");
      await page.keyboard.press("Control+S");
      const original = readFileSync(demoRunbook, "utf8");
      await until(() => readFileSync(file(), "utf8") === original, "the change is undone", 10_000);
    });

    it("has a lens over each contact, and lists them", async () => {
      const { workbench, page, screenshot } = shared.editor;
      const line = (text: string) => runbookLines.findIndex((one) => one.includes(text)) + 1;
      await workbench.goToLine(line("**SRE Team**"));
      await workbench.lenses.at(line("**SRE Team**"), ({ titles }) => titles.includes("Write Mail"), "Write Mail");
      const escalate = "Set podbook.escalation.url to escalate";
      await workbench.lenses.at(line("**On-call**"), ({ titles }) => titles.includes(escalate), escalate);
      await screenshot("contacts");
      await workbench.run("Podbook: Contact…");
      const rows = page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "SRE Team" }).filter({ hasText: "Write Mail" }).waitFor();
      await page.keyboard.press("Escape");
    });
  });
}
