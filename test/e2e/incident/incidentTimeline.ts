import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import { insist } from "../../run/until.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { runbookLines } from "./demoRunbook.ts";

/** An incident from its start to its report. */
export function incidentTimeline(shared: SharedEditor): void {
  describe("An incident", { timeout: 480_000 }, () => {
    it("is written down while it lasts: trouble, a change with its decision, a note", async () => {
      const { workbench, page, bed } = shared.editor;
      const heading = runbookLines.findIndex((one) => one.startsWith("### 2.")) + 1;
      await workbench.goToLine(heading);
      await workbench.run("Podbook: Start Incident");
      await page.locator(".quick-input-widget", { hasText: "What has happened?" }).waitFor();
      assert.equal(await page.locator(".quick-input-box input").inputValue(), "2. Auth Service Pod Failure");
      await workbench.answer("Nobody can sign in");
      const view = page.locator(".pane", { hasText: "Incident: Nobody can sign in" });
      await view.getByText("Incident started: Nobody can sign in").waitFor();
      await kubectl(bed, "delete", "pods", "-n", "pyairtable", "-l", "app=auth-service", "--wait=false");
      await view
        .getByText(/auth-service is not whole/)
        .first()
        .waitFor();
      // Elsewhere, so that it is seen when the scenario has been opened.
      await workbench.goToLine(1);
      const first = page.locator(".quick-input-list .monaco-list-row").first();
      await insist(
        async () => {
          await page.keyboard.press("Escape");
          // The trouble before may be over already.
          await kubectl(bed, "delete", "pods", "-n", "pyairtable", "-l", "app=auth-service", "--wait=false");
          await workbench.run("Podbook: Open Scenario…");
        },
        () => first.filter({ hasText: "auth-service not whole now" }).waitFor({ timeout: 5_000 }),
      );
      assert.match(await first.innerText(), /Auth Service Pod Failure/);
      await shared.editor.screenshot("open-scenario");
      await page.keyboard.press("Enter");
      await workbench.cursorAt(heading);
      const line = runbookLines.findIndex((one) =>
        one.startsWith("kubectl delete pod -n pyairtable -l app=auth-service"),
      );
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Command at Cursor");
      await workbench.messages.press("Run");
      await view.getByText(/^Agreed to: /).waitFor({ timeout: 30_000 });
      await view.getByText(/^Changed: .* → ✓ 0/).waitFor({ timeout: 60_000 });
      await page.keyboard.press("Control+Alt+N");
      await workbench.answer("the first delete did not help | <b>really</b>");
      await view.getByText(/^Note: the first delete/).waitFor();
      await kubectl(bed, "rollout", "status", "-n", "pyairtable", "deployment/auth-service", "--timeout=60s");
      // It was whole between the two deletions too: the last that is told counts.
      await view
        .getByText(/auth-service is (not )?whole/)
        .first()
        .filter({ hasText: "is whole" })
        .waitFor({ timeout: 60_000 });
      await shared.editor.screenshot("incident-timeline");
    });

    it("ends with a report beside the runbook, and its preview", async () => {
      const { workbench, page } = shared.editor;
      await workbench.run("Podbook: End Incident");
      await workbench.messages.press("End Incident");
      await page.locator(".tab", { hasText: /^Preview incident-/ }).waitFor({ timeout: 30_000 });
      await shared.editor.screenshot("incident-report");
      const file = readdirSync(shared.editor.folder).find((one) => /^incident-.*\.md$/.test(one)) ?? "";
      const report = readFileSync(join(shared.editor.folder, file), "utf8");
      assert.match(report, /^# Incident: Nobody can sign in$/m);
      assert.match(report, /\*\*Recovery\*\*: recovered in .* \(expected 30–60 s/);
      assert.match(report, /Agreed to: .*deletes 2 of|Agreed to: .*deletes [012]/);
      assert.match(report, /&#124; &#60;b&#62;really/);
      assert.match(report, /kubectl delete pod -n pyairtable -l app=auth-service\n# → exit 0/);
      assert.match(report, /## Post-Incident Actions\n\n- \[ \] /);
      await page.locator(".pane", { hasText: "Incident: Nobody" }).waitFor({ state: "detached" });
    });
  });
}
