import { strict as assert } from "node:assert";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import { ApiProxy } from "../apiProxy.ts";
import type { BedEditor } from "../bedEditor.ts";
import { changedKubeconfig, serverOf } from "../changedKubeconfig.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** What the Pods view says where it cannot know. Leaves the window without a kubeconfig. */
export function trouble(shared: SharedEditor): void {
  describe("The Pods view in trouble", { timeout: 480_000 }, () => {
    let editor: BedEditor;
    let kubeconfig: string;
    let good: string;

    before(async () => {
      editor = shared.editor;
      good = await kubectl(editor.bed, "config", "view", "--raw", "-o", "json");
      kubeconfig = join(editor.folder, "kubeconfig");
      await editor.change({ "podbook.kubeconfig": kubeconfig });
      await editor.workbench.pods.open();
    });

    const recovers = () =>
      editor.workbench.pods.waitForRows(
        (rows) => rows.some((row) => row.label === "postgres" && row.description === "1/1 ready"),
        "pods again",
      );

    it("says that there is no kubeconfig, and recovers when there is one", async () => {
      const text = await editor.workbench.pods.waitForText("No kubeconfig");
      assert.ok(text.includes(kubeconfig), text);
      assert.match(text, /podbook\.kubeconfig/);
      await editor.screenshot("no-kubeconfig");
      writeFileSync(kubeconfig, good);
      await recovers();
    });

    it("says that the kubeconfig is broken, and recovers when it is mended", async () => {
      writeFileSync(kubeconfig, `${good}\n: ] {`);
      const text = await editor.workbench.pods.waitForText("The kubeconfig cannot be read");
      assert.ok(text.includes(`Mend ${kubeconfig}`), text);
      await editor.screenshot("broken-kubeconfig");
      writeFileSync(kubeconfig, good);
      await recovers();
    });

    it("says that the API server cannot be reached, and recovers when it can", async () => {
      const proxy = new ApiProxy(serverOf(good));
      await proxy.restore();
      try {
        const server = `https://127.0.0.1:${proxy.port}`;
        writeFileSync(kubeconfig, changedKubeconfig(good, { server, context: "proxied" }));
        await editor.workbench.pods.waitForText("proxied/pyairtable · live");
        await proxy.cut();
        const text = await editor.workbench.pods.waitForText(`Cannot reach ${server}`);
        assert.match(text, /Check the VPN|is up/);
        assert.match(text, /proxied\/pyairtable · as of \d+s ago/);
        assert.match(text, /postgres-0/, "what was known stays");
        await editor.screenshot("api-server-stopped");
        await proxy.restore();
        await editor.workbench.pods.waitForText("proxied/pyairtable · live");
        await recovers();

        await proxy.cut();
        await editor.workbench.run("Podbook: Refresh Pods");
        await editor.workbench.pods.waitForText(`Cannot reach ${server}`);
        await proxy.restore();
        await editor.workbench.pods.waitForText("proxied/pyairtable · live");
        await recovers();
      } finally {
        writeFileSync(kubeconfig, good);
        await proxy.cut();
      }
    });

    it("says that the user may not list pods, recovers when they may, and says before an action what they may not", async () => {
      const { bed, workbench } = editor;
      const visitor = `visitor-${Date.now()}`;
      await kubectl(bed, "create", "serviceaccount", visitor, "-n", "pyairtable");
      try {
        const token = (await kubectl(bed, "create", "token", visitor, "-n", "pyairtable")).trim();
        writeFileSync(kubeconfig, changedKubeconfig(good, { user: { token } }));
        const text = await editor.workbench.pods.waitForText("Forbidden");
        assert.ok(text.includes(visitor), text);
        assert.match(text, /Ask for a role/);
        await editor.screenshot("forbidden");
        const account = `--serviceaccount=pyairtable:${visitor}`;
        await kubectl(bed, "create", "rolebinding", visitor, "-n", "pyairtable", "--clusterrole=view", account);
        await recovers();
        await workbench.run("Podbook: Restart Workload");
        await workbench.pick("auth-service");
        assert.match(await workbench.messages.dialogText(), /You may not patch deployments in pyairtable\./);
        await editor.screenshot("read-only-asks");
        await workbench.messages.press("Cancel");
        const row = workbench.pods.pane().locator(".monaco-list-row", { hasText: "postgres-0" }).first();
        await workbench.chooseFromMenu(row, "Delete Pod");
        assert.match(await workbench.messages.dialogText(), /You may not delete pods in pyairtable\./);
        await workbench.messages.press("Cancel");
      } finally {
        rmSync(kubeconfig);
        await kubectl(bed, "delete", "rolebinding,serviceaccount", visitor, "-n", "pyairtable", "--ignore-not-found");
      }
    });
  });
}
