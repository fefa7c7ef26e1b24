import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { seen } from "../../run/until.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { lineOf } from "./metricLines.ts";

/** The Metrics view in VS Code, and the metrics of an incident in its report. */
export function metricsDuringIncident(shared: SharedEditor): void {
  describe("Metrics of an incident", { timeout: 600_000 }, () => {
    const up = lineOf('up{job="pyairtable-services"}');

    /** The frame of the web view, once it has drawn a chart of each query. */
    function view(): Promise<Frame> {
      const look = async () => {
        for (const frame of shared.editor.page.frames()) {
          if ((await frame.locator(".card").count()) >= 5) return frame;
        }
        return undefined;
      };
      return seen(look, () => "a Metrics view with the charts of five queries", 30_000);
    }

    it("are drawn for the runbook, each with what is asked and its value now", async () => {
      const { workbench } = shared.editor;
      await workbench.goToLine(up);
      await workbench.run("Podbook: Open Metrics");
      const frame = await view();
      const card = frame.locator(".card", { hasText: "Services that answer" }).first();
      assert.equal(
        await card.getByRole("textbox").inputValue(),
        'up{namespace="pyairtable",job="pyairtable-services"}',
      );
      await card.locator("canvas").waitFor();
      assert.deepEqual(await frame.locator("[role=alert]:visible").allInnerTexts(), []);
      await shared.editor.screenshot("metrics");
    });

    it("stand in the report of an incident, as pictures beside it", async () => {
      const { workbench, page, folder } = shared.editor;
      await workbench.goToLine(up);
      await workbench.run("Podbook: Start Incident");
      await workbench.answer("The gateway is slow");
      await page.locator(".pane", { hasText: "Incident: The gateway is slow" }).getByText("Incident started").waitFor();
      const marks = (await view()).getByRole("toolbar", { name: "What happened" }).first();
      await marks.getByRole("button", { name: /Incident started/ }).waitFor({ timeout: 30_000 });
      await workbench.run("Podbook: End Incident");
      await workbench.messages.press("End Incident");
      await page.locator(".tab", { hasText: /^Preview incident-/ }).waitFor({ timeout: 30_000 });
      const file = readdirSync(folder).find((name) => /^incident-.*\.md$/.test(name)) ?? "";
      const report = readFileSync(join(folder, file), "utf8");
      const pictures = [...report.matchAll(/^!\[[^\]]+\]\(([^)]+\.svg)\)$/gm)].map(([, path = ""]) => path);
      assert.ok(pictures.length >= 5, report);
      for (const path of pictures) assert.match(readFileSync(join(folder, path), "utf8"), /^<svg .*<path .*<\/svg>/s);
      await shared.editor.screenshot("metrics-report");
      await workbench.run("View: Close All Editors");
      await workbench.openFile("runbook.md");
    });
  });
}
