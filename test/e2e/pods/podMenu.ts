import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { kubectl, podNames } from "../../run/kubectl.ts";
import { insist, seen, until } from "../../run/until.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** What the menu of a pod or workload does. */
export function podMenu(shared: SharedEditor): void {
  describe("The menu of the Pods view", { timeout: 480_000 }, () => {
    before(async () => {
      const { pods } = shared.editor.workbench;
      await pods.open();
      await pods.waitForRows((rows) => rows.length >= 11, "all pods", 90_000);
    });

    const row = (text: string) => shared.editor.workbench.pods.pane().locator(".monaco-list-row", { hasText: text });

    async function choose(text: string, command: string, picture?: string): Promise<void> {
      const { workbench, screenshot } = shared.editor;
      await workbench.chooseFromMenu(row(text).first(), command, picture ? () => screenshot(picture) : undefined);
    }

    it("merges the logs of a workload's pods, and follows them until cancelled", async () => {
      const { workbench, page, bed } = shared.editor;
      await choose("api-gateway", "Show Logs…", "menu-workload");
      await page.locator(".quick-input-list", { hasText: "Follow" }).waitFor();
      await shared.editor.screenshot("menu-logs");
      await workbench.pick("Follow");
      const pods = await podNames(bed, "api-gateway");
      await workbench.output.waitFor(/^\[pod\/api-gateway-/m);
      const followed = () => pods.every((pod) => shared.editor.lastOutput().includes(`[pod/${pod}/api-gateway] `));
      await until(followed, `a line of each of ${pods.join(", ")} in the output`, 20_000);
      const notice = workbench.messages.notification(/goes on until you cancel/);
      await shared.editor.screenshot("menu-following");
      await notice.getByRole("button", { name: "Cancel" }).click();
      await workbench.output.waitFor(/^. #\d+ (stopped|.*exit 130)/m);
      await workbench.output.clear();
    });

    it("describes a pod and lists its events", async () => {
      const { workbench } = shared.editor;
      await choose("postgres-0", "Describe", "menu-pod");
      await workbench.output.waitFor(/exit 0/);
      assert.match(await workbench.output.all(), /^Name: +postgres-0$/m);
      await workbench.output.clear();
      await choose("postgres-0", "Show Events");
      await workbench.output.waitFor(/LAST SEEN .* REASON|No events found/);
      await workbench.output.clear();
    });

    it("shows the YAML of a pod, read-only and without managed fields", async () => {
      const { workbench, page } = shared.editor;
      await choose("postgres-0", "Show YAML");
      const shown = page.locator(".editor-instance .view-lines", { hasText: "kind: Pod" });
      await shown.waitFor();
      await shared.editor.screenshot("menu-yaml");
      const text = (await shown.innerText()).replaceAll("\u00a0", " ");
      assert.match(text, /# Pod postgres-0 of podbook-/);
      assert.doesNotMatch(text, /managedFields/);
      await workbench.run("View: Close Editor");
    });

    it("copies a command line that names the context", async () => {
      const { page, bed } = shared.editor;
      await choose("postgres-0", "Copy kubectl Command…");
      const list = page.locator(".quick-input-list");
      await list.locator(".monaco-list-row", { hasText: "describe" }).waitFor();
      assert.match(await list.innerText(), new RegExp(`kubectl --context podbook-${bed.name} -n pyairtable describe`));
      await shared.editor.screenshot("menu-copy");
      await page.keyboard.press("Escape");
    });

    it("opens a shell in a pod after asking", async () => {
      const { workbench } = shared.editor;
      await choose("postgres-0", "Open Shell");
      assert.match(await workbench.messages.dialogText(), /kubectl exec -it postgres-0 -n pyairtable -c postgres/);
      await shared.editor.screenshot("menu-shell-asks");
      await workbench.messages.press("Cancel");
    });

    it("tells resources and usage of a pod where the mouse rests", async () => {
      const { page, bed } = shared.editor;
      // The usage of a pod is known some time after the pod.
      const top = () => kubectl(bed, "top", "pod", "postgres-0", "-n", "pyairtable").catch(() => undefined);
      await seen(top, () => "the usage of postgres-0", 90_000);
      const hover = page.locator(".monaco-hover", { hasText: "requests" });
      let shown = "";
      await insist(
        async () => {
          // From elsewhere: a mouse that was there already does not come to rest.
          await page.locator(".part.editor").first().hover();
          await row("postgres-0").first().hover();
        },
        async () => {
          shown = await hover.innerText({ timeout: 10_000 });
          await shared.editor.screenshot("menu-tooltip");
        },
      );
      assert.match(shown, /postgres: uses \S+ cpu, \S+ · requests \S+ cpu/);
    });
  });
}
