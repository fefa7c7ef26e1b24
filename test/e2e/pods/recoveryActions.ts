import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { kubectl, podNames } from "../../run/kubectl.ts";
import { soaking } from "../../soak.ts";
import type { SharedEditor } from "../sharedEditor.ts";

const inDemo = ["-n", "pyairtable"] as const;

/** What brings a workload back. */
export function recoveryActions(shared: SharedEditor): void {
  describe("Recovery actions", { timeout: 600_000 }, () => {
    before(async () => {
      const { pods } = shared.editor.workbench;
      await pods.open();
      await pods.waitForRows((rows) => rows.length >= 11, "all pods", 90_000);
    });

    const replicas = () =>
      kubectl(shared.editor.bed, "get", "deploy/platform-services", ...inDemo, "-o", "jsonpath={.spec.replicas}");

    it("scales with a verdict, and Undo puts the replicas back that were noted before", async () => {
      const { workbench } = shared.editor;
      await workbench.run("Podbook: Scale Workload");
      await workbench.pick("platform-services");
      await workbench.answer("3");
      await workbench.messages.press("Scale");
      await workbench.output.waitFor(/^deployment\/platform-services recovered in \d+ s$/m, 60_000);
      assert.equal(await replicas(), "3");
      await shared.editor.screenshot("recovery-verdict");
      await workbench.output.clear();
      await workbench.run("Podbook: Undo Last Change");
      assert.match(await workbench.messages.dialogText(), /Undo: Scale deployment platform-services to 2/);
      await shared.editor.screenshot("recovery-undo");
      await workbench.messages.press("Undo");
      await workbench.output.waitFor(/^deployment\/platform-services recovered in \d+ s$/m, 60_000);
      assert.equal(await replicas(), "2");
      await workbench.output.clear();
      await workbench.run("Podbook: Undo Last Change");
      await workbench.messages.notification(/nothing to undo/).waitFor();
      await workbench.run("Notifications: Clear All Notifications");
    });

    it("shows what differs between revisions, and rolls back to the one that is picked", async () => {
      const { workbench, bed, page } = shared.editor;
      const image = () =>
        kubectl(bed, "get", "deploy/auth-service", ...inDemo, "-o", "jsonpath={..containers[0].image}");
      const before = await image();
      await kubectl(bed, "set", "image", "deploy/auth-service", ...inDemo, "*=registry.example/auth:bad");
      await kubectl(bed, "rollout", "status", "deploy/auth-service", ...inDemo, "--timeout=60s");
      await workbench.run("Podbook: Roll Back Workload");
      await workbench.pick("auth-service");
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: before }).first();
      await row.hover();
      await shared.editor.screenshot("recovery-revisions");
      await row.getByRole("button", { name: "Compare with what runs now" }).click();
      await page.locator(".monaco-diff-editor", { hasText: "registry.example/auth:bad" }).waitFor();
      await shared.editor.screenshot("recovery-diff");
      await row.click();
      assert.match(await workbench.messages.dialogText(), /kubectl rollout undo deployment\/auth-service/);
      await workbench.messages.press("Roll Back");
      await workbench.output.waitFor(/^deployment\/auth-service recovered in \d+ s$/m, 60_000);
      assert.equal(await image(), before);
      await workbench.output.clear();
    });

    if (soaking) {
      it("restarts the pods of a workload one after another, and says that this cannot be undone", async () => {
        const { workbench, bed } = shared.editor;
        const old = await podNames(bed, "api-gateway");
        await workbench.run("Podbook: Force Restart Pods");
        await workbench.pick("api-gateway");
        await workbench.pick("One after another");
        const question = await workbench.messages.dialogText();
        for (const pod of old) assert.ok(question.includes(pod), question);
        await shared.editor.screenshot("recovery-force-restart");
        await workbench.messages.press("Force Restart");
        await workbench.output.waitFor(/^deployment\/api-gateway recovered in \d+ s$/m, 90_000);
        const now = await podNames(bed, "api-gateway");
        assert.ok(old.every((pod) => !now.includes(pod)));
        await workbench.output.clear();
        await workbench.run("Podbook: Undo Last Change");
        await workbench.messages.notification(/cannot be undone: a deleted pod does not come back/).waitFor();
        await workbench.run("Notifications: Clear All Notifications");
      });
    }

    it("cordons the node of a pod from its row", async () => {
      const { workbench, bed } = shared.editor;
      const row = workbench.pods.pane().locator(".monaco-list-row", { hasText: "postgres-0" });
      const node = await kubectl(bed, "get", "pod/postgres-0", ...inDemo, "-o", "jsonpath={.spec.nodeName}");
      await workbench.chooseFromMenu(row, "Cordon Node", () => shared.editor.screenshot("recovery-menu"));
      assert.match(await workbench.messages.dialogText(), new RegExp(`kubectl cordon ${node}`));
      try {
        await workbench.messages.press("Cordon");
        await workbench.output.waitFor(/SchedulingDisabled/);
      } finally {
        await kubectl(bed, "uncordon", node);
      }
    });

    it("checks the health of all services through the gateway, and says what is configured but not there", async () => {
      const { workbench } = shared.editor;
      await workbench.output.clear();
      await workbench.run("Podbook: Check Health");
      await workbench.output.waitFor(/^PASS {2}database {3}postgres$/m, 60_000);
      await workbench.output.waitFor(/done, exit 0/);
      const run = shared.editor.journal().find(({ start }) => start.title === "Check health of pyairtable");
      assert.ok(run);
      const lines = readFileSync(run.output, "utf8").trim().split("\n");
      assert.equal(lines.length, 16, lines.join("\n"));
      assert.ok(lines.every((line) => line.startsWith("PASS")));
      assert.ok(lines.includes("PASS  health     api-gateway"));
      await shared.editor.screenshot("recovery-health");
      await workbench.output.clear();
      await shared.editor.change({ "podbook.services": { ghost: { port: 80, health: "/" } } });
      await workbench.run("Podbook: Check Health");
      await workbench.output.waitFor(/exit 1/, 60_000);
      await workbench.output.waitFor(/^FAIL {2}health {5}ghost: \/ does not answer with success$/m);
      await shared.editor.screenshot("recovery-health-fails");
      await shared.editor.change({ "podbook.services": {} });
      await workbench.output.clear();
    });

    it("measures response times through the gateway", async () => {
      const { workbench } = shared.editor;
      await workbench.run("Podbook: Measure Response Times");
      await workbench.pick("api-gateway");
      await workbench.output.waitFor(/exit 0/, 60_000);
      assert.match(await workbench.output.all(), /^50 requests, 0 failed$/m);
      await shared.editor.screenshot("recovery-response-times");
      await workbench.output.clear();
    });
  });
}
