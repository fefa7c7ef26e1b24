import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it, type TestContext } from "node:test";
import { kubectl } from "../run/kubectl.ts";
import { type BedEditor, openBedEditor } from "./bedEditor.ts";

const text = "# Trust\n\n```bash\ntouch it-ran\n```\n";
/** What a folder may never set: that it is a read would let its blocks run without a question. */
const never = { "podbook.kubeconfig": "/nonexistent", "podbook.effects": [{ program: "touch", effect: "read" }] };
/** What it may not set before it is trusted. */
const restricted = { "podbook.namespace": "kube-system", "podbook.context": "another-cluster" };

describe("An untrusted folder", { timeout: 240_000 }, () => {
  let editor: BedEditor;

  before(async () => {
    editor = await openBedEditor({
      fill: (folder) => {
        writeFileSync(join(folder, "trust.md"), text);
        mkdirSync(join(folder, ".vscode"));
        writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ ...never, ...restricted }));
        return join(folder, "trust.md");
      },
      settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
    });
  });
  after(() => editor?.close());
  afterEach((test) => editor.pictureFailure(test as TestContext));

  it("shows lenses and pods, of the namespace that the user and not the folder chose", async () => {
    const { workbench } = editor;
    await workbench.lenses.at(3, ({ titles }) => titles[0] === "Run", "Run");
    await workbench.pods.open();
    await workbench.pods.waitForRows((rows) => rows.some((row) => row.label === "postgres"), "the demo's pods");
  });

  it("runs no block, and says why", async () => {
    const { workbench, folder } = editor;
    await workbench.lenses.click(3, "Run", workbench.messages.notification("not trusted"));
    await editor.screenshot("untrusted");
    await workbench.run("Notifications: Clear All Notifications");
    await workbench.goToLine(4);
    await workbench.run("Podbook: Run Block at Cursor");
    await workbench.messages.notification("not trusted").waitFor();
    assert.equal(existsSync(join(folder, "it-ran")), false);
    await workbench.run("Notifications: Clear All Notifications");
  });

  it("changes nothing in the cluster", async () => {
    const { workbench, bed } = editor;
    const deployments = () =>
      kubectl(bed, "get", "deploy", "-n", "pyairtable", "-o", "jsonpath={..metadata.generation}");
    const before = await deployments();
    await workbench.run("Podbook: Restart Workload");
    await workbench.messages.notification("not trusted").waitFor();
    assert.equal(await workbench.messages.dialog().isVisible(), false);
    assert.equal(await deployments(), before);
    await workbench.run("Notifications: Clear All Notifications");
  });

  it("runs its blocks once it is trusted, and still asks what the folder calls a read", async () => {
    const { workbench, page, folder } = editor;
    writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(never));
    await workbench.run("Workspaces: Manage Workspace Trust");
    await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).click();
    await page.keyboard.press("Control+F4");
    await workbench.openFile("trust.md");
    await workbench.lenses.click(3, "Run", workbench.messages.dialog());
    await workbench.messages.press("Run");
    await workbench.lenses.at(3, ({ titles }) => /^✓ 0/.test(titles.at(-1) ?? ""), "its result");
    assert.equal(existsSync(join(folder, "it-ran")), true);
  });
});
