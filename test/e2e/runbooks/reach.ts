import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { before, describe, it } from "node:test";
import { promisify } from "node:util";
import { until } from "../../run/until.ts";
import type { BedEditor } from "../bedEditor.ts";
import { fenceOver } from "../blocks.ts";
import { type PodEvent, PodWatch } from "../podWatch.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbook of this suite. */
export const reachRunbook = `# Reach

## Shell of the database

\`\`\`bash
kubectl exec -it postgres-0 -n pyairtable -- psql -U postgres
\`\`\`

## Steps in the cluster

\`\`\`bash
echo "in $HOSTNAME"; for i in 1 2 3; do echo "step $i"; done
\`\`\`

## Last
`;

/** What leads from the editor into the cluster. */
export function reach(shared: SharedEditor): void {
  describe("Reaching into the cluster", { timeout: 480_000 }, () => {
    let editor: BedEditor;

    before(async () => {
      editor = shared.editor;
      await editor.change({ "podbook.run.toolboxSelector": "app=api-gateway" });
      await editor.workbench.openAlone("reach.md");
      await editor.workbench.lenses.at(
        fenceOver(reachRunbook, "psql"),
        ({ titles }) => titles.includes("Run"),
        "Run",
        90_000,
      );
    });

    it("forwards a service to a port of this machine, until it is stopped", async () => {
      const { workbench, page } = editor;
      await workbench.run("Podbook: Forward Service…");
      await page.locator(".quick-input-list", { hasText: "postgres:5432" }).waitFor();
      await editor.screenshot("forward-asks");
      await workbench.pick("postgres:5432");
      const told = await workbench.messages.notification(/postgres:5432 is at 127\.0\.0\.1:\d+/).innerText();
      const port = /127\.0\.0\.1:(\d+)/.exec(told)?.[1] ?? "";
      const ask = () =>
        promisify(execFile)("psql", ["-h", "127.0.0.1", "-p", port, "-U", "postgres", "-Atc", "SELECT 41 + 1"], {
          env: { PATH: process.env["PATH"], PGCONNECT_TIMEOUT: "10" },
        });
      assert.equal((await ask()).stdout, "42\n");
      await workbench.pods.open();
      const row = workbench.pods.container().locator(".monaco-list-row", { hasText: "postgres:5432" });
      await row.waitFor();
      assert.match(await row.innerText(), new RegExp(`127\\.0\\.0\\.1:${port}`));
      await row.hover();
      await row.getByRole("button", { name: "Copy Address" }).waitFor();
      await editor.screenshot("forwards");
      await row.getByRole("button", { name: "Stop Forward" }).click();
      await row.waitFor({ state: "detached" });
      await assert.rejects(ask(), /refused/);
      await workbench.run("Notifications: Clear All Notifications");
    });

    it("runs a block that waits for a person in a terminal, pinned as any run", async () => {
      const { workbench, page } = editor;
      const before = terminalFolders();
      await workbench.lenses.click(fenceOver(reachRunbook, "psql"), "Run in Terminal", workbench.messages.dialog());
      const question = await workbench.messages.dialogText();
      assert.match(question, new RegExp(`Context: podbook-${editor.bed.name}`));
      await editor.screenshot("terminal-asks");
      await workbench.messages.press("Run in Terminal");
      const screen = page.locator(".terminal-wrapper.active .xterm-rows");
      await screen.filter({ hasText: /postgres=#/ }).waitFor({ timeout: 30_000 });
      await page.keyboard.type("SELECT 41 + 1;\n");
      await screen.filter({ hasText: /42/ }).waitFor();
      await page
        .locator(".terminal-tabs-entry, .single-terminal-tab", { hasText: /Shell of the database/ })
        .first()
        .waitFor();
      await editor.screenshot("terminal");
      await page.keyboard.type("\\q\n");
      await screen.filter({ hasText: /exit 0 · press Enter/ }).waitFor();
      assert.equal(terminalFolders().length, before.length + 1, "its kubeconfig is there while it runs");
      await page.keyboard.press("Enter");
      await screen.waitFor({ state: "detached" });
      await until(() => terminalFolders().length === before.length, "its kubeconfig is gone", 5000);
      assert.deepEqual(terminalFolders(), before);
    });

    it("runs a block in a toolbox pod that is there, from the menu of a right click", async () => {
      const { workbench, page } = editor;
      const line = fenceOver(reachRunbook, "step");
      const block = page.locator(".view-line", { hasText: "for i in 1 2 3" });
      await workbench.chooseFromMenu(block, "Run Block in Cluster", async () => {
        await page.getByRole("menuitem", { name: "Run Block in Terminal" }).waitFor();
        await editor.screenshot("right-click");
      });
      const shown = await workbench.output.waitFor(/^step 3$/m);
      assert.match(shown, /^in api-gateway-[\w-]+$/m);
      await workbench.lenses.at(line, ({ titles }) => /^✓ 0/.test(titles.at(-1) ?? ""), "its result");
      await editor.screenshot("in-cluster");
      await workbench.output.clear();
    });

    it("makes a pod of the user's image where there is no toolbox, and deletes it again", async () => {
      const { workbench, bed } = editor;
      const line = fenceOver(reachRunbook, "step");
      await editor.change({
        "podbook.run.toolboxSelector": "",
        "podbook.run.image": "registry.example/tools:1",
        "podbook.commandLenses": "all",
      });
      await workbench.lenses.at(line + 1, ({ titles }) => titles.includes("Run command"), "the changed settings");
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Block in Cluster");
      const question = await workbench.messages.dialogText();
      assert.match(question, /creates a pod/);
      assert.match(question, /registry\.example\/tools:1/);
      await editor.screenshot("new-pod-asks");
      const watch = new PodWatch(bed, "pyairtable");
      try {
        const isOurs = ({ pod }: PodEvent) => /^podbook-\w+/.test(pod);
        await workbench.messages.press("Run in Cluster");
        const { at, pod } = await watch.event(0, (event) => event.type === "ADDED" && isOurs(event));
        // The bed's simulated pods have nothing to attach to: how a block ends there cannot be seen, but that the pod goes can.
        await workbench.lenses.at(line, ({ titles }) => /^✗ 1/.test(titles.at(-1) ?? ""), "its result");
        await editor.screenshot("new-pod");
        await watch.event(at, (event) => event.type === "DELETED" && event.pod === pod);
      } finally {
        await watch.end();
      }
    });
  });
}

/** The private folders of blocks that run in terminals on this machine. */
function terminalFolders(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith("podbook-terminal-"))
    .sort();
}
