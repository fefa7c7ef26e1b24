import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { bedScale, scaleNamespace } from "../../bed/scale.ts";
import { kubectl } from "../../run/kubectl.ts";
import { ApiProxy } from "../apiProxy.ts";
import { filledWith } from "../bedEditor.ts";
import { changedKubeconfig, serverOf } from "../changedKubeconfig.ts";
import { inOneEditor, type SharedEditor } from "../sharedEditor.ts";

/** By the class that the window has in them. */
const themes = {
  vs: "Default Light Modern",
  "vs-dark": "Default Dark Modern",
  "hc-black": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
};
/** Ten thousand as the issue of the Pods view has it; fewer for a quick look. */
const manyPods = Number(process.env["PODBOOK_PODS"] ?? 10_000);

inOneEditor("Every state of the Pods view", { fill: filledWith({ "pods.md": "# Nothing to run\n" }) }, everyView);

/** Pictures of every state in every theme, for a person to look at, and what can be checked without one. */
function everyView(shared: SharedEditor): void {
  describe("The Pods view", { timeout: 900_000 }, () => {
    let kubeconfig: string;
    let good: string;
    let proxy: ApiProxy;

    before(async () => {
      const { bed, folder, change, workbench } = shared.editor;
      good = await kubectl(bed, "config", "view", "--raw", "-o", "json");
      proxy = new ApiProxy(serverOf(good));
      await proxy.restore();
      kubeconfig = join(folder, "kubeconfig");
      writeFileSync(kubeconfig, changedKubeconfig(good, { server: `https://127.0.0.1:${proxy.port}` }));
      await change({ "podbook.kubeconfig": kubeconfig });
      await workbench.pods.open();
    });
    after(async () => {
      await proxy.cut();
      await mend(shared.editor.bed);
      await bedScale(shared.editor.bed, 0, console.log);
    });

    async function lookAt(state: string): Promise<void> {
      const { change, screenshot, workbench, page } = shared.editor;
      const rows = workbench.pods.pane().locator(".monaco-list-row");
      const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
      for (const label of labels)
        assert.match(label, /\w{3,}.*,|\w+ \w+/, `a screen reader is told enough: "${label}"`);
      for (const [theme, name] of Object.entries(themes)) {
        await change({ "workbench.colorTheme": name });
        await page.locator(`.monaco-workbench.${theme}`).waitFor();
        await screenshot(`view ${state} ${theme}`);
      }
    }

    it("is readable where all is well", async () => {
      const { workbench } = shared.editor;
      await workbench.pods.waitForRows((rows) => rows.length >= 11, "all pods", 90_000);
      await lookAt("healthy");
    });

    it("is readable where much is not well", async () => {
      const { bed, workbench } = shared.editor;
      await breakWorkload(bed, "crash-loop", "auth-service");
      await breakWorkload(bed, "image-pull", "platform-services");
      await workbench.pods.waitForText("CrashLoopBackOff", 120_000);
      await workbench.pods.waitForText("ImagePullBackOff", 120_000);
      await lookAt("degraded");
    });

    it("is readable where it is stale", async () => {
      await proxy.cut();
      await shared.editor.workbench.pods.waitForText("as of");
      await lookAt("stale");
      await proxy.restore();
      await mend(shared.editor.bed);
    });

    it("is readable where the user may not look", async () => {
      const { bed, workbench } = shared.editor;
      await kubectl(bed, "create", "serviceaccount", "onlooker", "-n", "pyairtable");
      try {
        const token = (await kubectl(bed, "create", "token", "onlooker", "-n", "pyairtable")).trim();
        writeFileSync(kubeconfig, changedKubeconfig(good, { user: { token } }));
        await workbench.pods.waitForText("Forbidden");
        await lookAt("forbidden");
      } finally {
        await kubectl(bed, "delete", "serviceaccount", "onlooker", "-n", "pyairtable");
        writeFileSync(kubeconfig, good);
      }
    });

    it("is readable with very many pods", async () => {
      const { bed, change, workbench } = shared.editor;
      await bedScale(bed, manyPods, console.log);
      await change({ "podbook.namespace": scaleNamespace });
      await workbench.pods.waitForText("· live", 60_000);
      await workbench.pods.waitForRows((rows) => rows.length > 20, "the first page");
      await lookAt(`${manyPods}`);
    });
  });
}
