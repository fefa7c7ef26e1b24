import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** What the tree shows of more than one target. */
export function severalTargets(shared: SharedEditor): void {
  describe("Several targets in the Pods view", { timeout: 240_000 }, () => {
    const namespace = `second-${Date.now()}`;

    before(async () => {
      const { bed } = shared.editor;
      await kubectl(bed, "create", "namespace", namespace);
      await kubectl(bed, "create", "deployment", "lone", "-n", namespace, "--image=registry.example/lone:1");
      await kubectl(bed, "rollout", "status", "deployment/lone", "-n", namespace, "--timeout=60s");
    });
    after(async () => {
      await shared.editor.change({ "podbook.targets": [] });
      const { pods } = shared.editor.workbench;
      await pods.waitForRows(
        (rows) => rows.some(({ label, level }) => label === "postgres" && level === 1),
        "one target",
      );
      await kubectl(shared.editor.bed, "delete", "namespace", namespace, "--wait=false");
    });

    it("are shown side by side, and one that fails leaves the others live", async () => {
      const { workbench, page, bed } = shared.editor;
      await shared.editor.change({
        "podbook.targets": [{ namespace }, { context: "nowhere", namespace: "pyairtable" }],
      });
      const context = `podbook-${bed.name}`;
      await workbench.pods.waitForRows((all) => {
        const tops = all.filter(({ level }) => level === 1).map(({ label, description }) => `${label} ${description}`);
        return (
          tops[0] === `${context}/pyairtable 7/7 ready · live` &&
          tops[1] === `${context}/${namespace} 1/1 ready · live` &&
          /^nowhere\/pyairtable not known: /.test(tops[2] ?? "")
        );
      }, "three targets, two of them live");
      await page.locator(".statusbar-item", { hasText: `1/1 ${namespace}` }).waitFor();
      await shared.editor.screenshot("several-targets");
      await kubectl(bed, "scale", "deployment/lone", "-n", namespace, "--replicas=2");
      await workbench.pods.waitForRows(
        (all) => all.some(({ label, description }) => label === "lone" && description.startsWith("2/2 ready")),
        "the second pod",
      );
    });

    it("are each acted on from their own rows, and asked for from the palette", async () => {
      const { workbench, page } = shared.editor;
      const row = workbench.pods.pane().locator(".monaco-list-row", { hasText: "lone" }).first();
      await workbench.chooseFromMenu(row, "Restart Workload");
      assert.match(await workbench.messages.dialogText(), new RegExp(`kubectl rollout restart .*-n ${namespace}`));
      await workbench.messages.press("Cancel");
      await workbench.run("Podbook: Restart Workload");
      await page.locator(".quick-input-widget", { hasText: "In which target?" }).waitFor();
      await workbench.pick(`podbook-${shared.editor.bed.name}/${namespace}`);
      await workbench.pick("lone");
      assert.match(await workbench.messages.dialogText(), new RegExp(`kubectl rollout restart .*-n ${namespace}`));
      await workbench.messages.press("Cancel");
    });
  });
}
