import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { runbookLines } from "./demoRunbook.ts";

/** A scenario followed step by step. */
export function guidedScenario(shared: SharedEditor): void {
  describe("A guided scenario", { timeout: 480_000 }, () => {
    it("measures the recovery from a pod's end to the validation, against what the runbook expects", async () => {
      const { workbench, page, bed } = shared.editor;
      const heading = runbookLines.findIndex((line) => line.startsWith("### 1."));
      await workbench.lenses.click(heading + 1, "Start scenario");
      const view = page.locator(".pane", { hasText: "Scenario: 1. API Gateway Pod Failure" });
      await view.getByText(/Nothing is unhealthy yet · expected recovery 30–60 s/).waitFor({ timeout: 30_000 });
      await view.getByText(/Watching api-gateway of/).waitFor({ timeout: 30_000 });
      await shared.editor.screenshot("guided-waiting");
      await kubectl(bed, "delete", "pods", "-n", "pyairtable", "-l", "app=api-gateway", "--wait=false");
      await view.getByText(/Not recovered after/).waitFor({ timeout: 15_000 });
      await shared.editor.screenshot("guided-running");
      const told = workbench.messages.notification(/API Gateway Pod Failure: recovered in/);
      const words = await told.innerText({ timeout: 90_000 });
      await shared.editor.screenshot("guided-recovered");
      const [, seconds] = /recovered in ([\d.]+) s\s+\(expected 30–60 s\)/.exec(words) ?? [];
      const rows = await kubectl(bed, "get", "pods", "-n", "pyairtable", "-l", "app=api-gateway", "-o", "json");
      const { items } = JSON.parse(rows) as {
        items: {
          metadata: { creationTimestamp: string };
          status: { conditions: { type: string; lastTransitionTime: string }[] };
        }[];
      };
      const began = Math.min(...items.map(({ metadata }) => Date.parse(metadata.creationTimestamp)));
      const ended = Math.max(
        ...items.flatMap(({ status }) =>
          status.conditions.flatMap(({ type, lastTransitionTime }) =>
            type === "Ready" ? [Date.parse(lastTransitionTime)] : [],
          ),
        ),
      );
      // The API tells whole seconds; after that the old pods end, and the validation asks the gateway.
      assert.ok(
        Number(seconds) >= (ended - began) / 1000 - 1,
        `${seconds} s, pods were ready after ${ended - began} ms`,
      );
      assert.match(await workbench.output.all(), /api\/status/);
    });

    it("ticks off what is done by hand, runs a step from its row, and ends", async () => {
      const { workbench, page } = shared.editor;
      await workbench.run("Notifications: Clear All Notifications");
      const view = page.locator(".pane", { hasText: "Scenario: 1. API Gateway Pod Failure" });
      const note = view.locator(".monaco-list-row", { hasText: "The Deployment replaces" });
      await note.getByRole("checkbox").click();
      await view
        .locator(".monaco-list-row", { hasText: "The Deployment replaces" })
        .getByRole("checkbox", { checked: true })
        .waitFor();
      const step = view.locator(".monaco-list-row", { hasText: "Which gateway pods" });
      await step.hover();
      await step.getByRole("button", { name: "Run Step" }).click();
      await view.locator(".monaco-list-row", { hasText: /Which gateway pods.*✓ 0/ }).waitFor();
      await shared.editor.screenshot("guided-steps");
      await workbench.run("Podbook: End Scenario");
      await view.waitFor({ state: "detached" });
    });
  });
}
