import { strict as assert } from "node:assert";
import { before, describe, it } from "node:test";
import { kubectl, podNames } from "../../run/kubectl.ts";
import { insist } from "../../run/until.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbooks of the workspace in the sidebar. */
export function runbooksView(shared: SharedEditor): void {
  describe("The Runbooks view", { timeout: 480_000 }, () => {
    const pane = () => {
      const { page, workbench } = shared.editor;
      const head = page.locator('.pane-header[aria-label^="Runbooks"]');
      return workbench.pods.container().locator(".pane", { has: head });
    };
    const row = (text: string) => pane().locator(".monaco-list-row", { hasText: text }).first();

    before(async () => {
      const { workbench } = shared.editor;
      await workbench.pods.open();
      await workbench.output.clear();
      await pane().locator(".pane-header").click();
      await row("demo.md").waitFor();
    });

    it("lists runbooks with their scenarios, and how what they are about is now", async () => {
      const { bed, screenshot } = shared.editor;
      await row("demo.md").locator(".monaco-tl-twistie").click();
      const scenario = row("2. Auth Service Pod Failure");
      await scenario.filter({ hasText: "2/2 ready · auth-service" }).waitFor();
      await screenshot("runbooks-view");
      // The suite before has restarted it: a pod that is broken now must be there to stay.
      await kubectl(bed, "rollout", "status", "deployment/auth-service", "-n", "pyairtable", "--timeout=60s");
      const [pod = ""] = await podNames(bed, "auth-service");
      const annotate = (change: string) => kubectl(bed, "annotate", "pod", pod, "-n", "pyairtable", change);
      await annotate("bed.podbook.dev/fail=not-ready");
      try {
        await scenario.filter({ hasText: "1/2 ready · auth-service" }).waitFor();
        await scenario.locator(".codicon-warning").waitFor();
        await screenshot("runbooks-view-trouble");
      } finally {
        await annotate("bed.podbook.dev/fail-");
      }
      await scenario.filter({ hasText: "2/2 ready · auth-service" }).waitFor();
    });

    it("runs a block from its row, and says how it went", async () => {
      const { workbench, screenshot } = shared.editor;
      await row("2. Auth Service Pod Failure").locator(".monaco-tl-twistie").click();
      const block = row("How are the pods");
      await block.filter({ hasText: "not run" }).waitFor();
      await block.hover();
      await block.getByRole("button", { name: "Run Block" }).click();
      await workbench.output.waitFor(/done, exit 0/);
      await block.filter({ hasText: /✓ 0 · \d+\.\d s/ }).waitFor();
      assert.match(shared.editor.lastOutput(), /auth-service-/);
      await screenshot("runbooks-view-run");
      await workbench.output.clear();
    });

    it("leads to the place of a row in its runbook", async () => {
      const { workbench, page } = shared.editor;
      await insist(
        () => row("2. Auth Service Pod Failure").locator(".label-name").click(),
        () => page.locator(".statusbar-item", { hasText: /^Ln 58, Col 1$/ }).waitFor({ timeout: 5_000 }),
      );
      await workbench.editor("demo.md").waitFor();
    });
  });
}
