import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import { insist, until } from "../../run/until.ts";
import type { BedEditor } from "../bedEditor.ts";
import { fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbook of this suite. */
export const authoringRunbook = `# Authoring

\`\`\`bash
our-tool status
\`\`\`

\`\`\`bash
echo read-only
\`\`\`

\`\`\`bash
cd /path/to/tools
cat mapped.txt
\`\`\`

\`\`\`bash
kubectl delete pod -n pyairtable -l app=api-gateway
\`\`\`
`;

const changing = fenceOver(authoringRunbook, "kubectl delete");

/** A person writes a runbook and settles how it runs. */
export function authoring(shared: SharedEditor): void {
  describe("Writing a runbook and settling how it runs", { timeout: 480_000 }, () => {
    let editor: BedEditor;
    let file: string;

    before(async () => {
      editor = shared.editor;
      file = join(editor.folder, "authoring.md");
      mkdirSync(join(editor.folder, "our tools"));
      writeFileSync(join(editor.folder, "our tools/mapped.txt"), "found by its setting\n");
      await editor.workbench.openAlone("authoring.md");
    });

    it("takes the user's word for what a program does", async () => {
      const lens = await editor.workbench.lenses.at(
        fenceOver(authoringRunbook, "our-tool"),
        ({ titles }) => titles[0] === "Run",
        "Run",
      );
      assert.deepEqual(lens.titles, ["Run"]);
    });

    it("asks before reads too where that is wanted", async () => {
      const { workbench } = editor;
      const line = fenceOver(authoringRunbook, "echo read-only");
      await editor.change({ "podbook.confirm": "always" });
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      assert.match(await workbench.messages.dialogText(), /echo read-only/);
      await workbench.messages.press("Cancel");
      assert.equal((await workbench.lenses.at(line, ({ titles }) => titles[0] === "Run", "Run")).titles.length, 1);
      await editor.change({ "podbook.confirm": "changes" });
    });

    it("lets the folder of a sample path be chosen once, and writes it into the settings", async () => {
      const { workbench, page, folder } = editor;
      await workbench.goToLine(fenceOver(authoringRunbook, "/path/to/tools") + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      await page.getByText("Which folder is /path/to/tools?").waitFor();
      await editor.screenshot("folder-asks");
      await workbench.chooseFolder(join(folder, "our tools/"));
      assert.match(await workbench.output.waitFor(/exit 0/), /^found by its setting$/m);
      const settings = JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"));
      assert.deepEqual(settings, { "podbook.paths": { "/path/to/tools": join(folder, "our tools") } });
      await workbench.output.clear();
      await workbench.goToLine(fenceOver(authoringRunbook, "/path/to/tools") + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      assert.match(await workbench.output.waitFor(/exit 0/), /^found by its setting$/m, "it is not asked again");
    });

    it("runs the command at the cursor by Ctrl+Enter, and its whole block by Ctrl+Shift+Enter", async () => {
      const { workbench, page } = editor;
      const second = fenceOver(authoringRunbook, "/path/to/tools") + 2;
      await workbench.output.clear();
      await workbench.goToLine(second);
      await page.keyboard.press("Control+Enter");
      const alone = await workbench.output.waitFor(/exit 1/);
      assert.match(alone, /mapped\.txt: No such file/);
      assert.doesNotMatch(alone, /our tools/, "the command before it does not run");
      await workbench.output.clear();
      await workbench.goToLine(second);
      await page.keyboard.press("Control+Shift+Enter");
      assert.match(await workbench.output.waitFor(/exit 0/), /^found by its setting$/m);
    });

    it("shows over a command what it does and hits", async () => {
      const { workbench, page, bed } = editor;
      await workbench.goToLine(changing + 1);
      const hover = page.locator(".monaco-hover:visible", { hasText: `podbook-${bed.name}` });
      let shown = "";
      // The palette that asked for it can take it away again when it closes.
      await insist(
        () => workbench.run("Show or Focus Hover"),
        async () => {
          shown = await hover.innerText({ timeout: 5_000 });
          await editor.screenshot("plan-hover");
        },
      );
      assert.match(shown.replaceAll("\u00a0", " "), /deletes 2 of 2 ready api-gateway pods/);
      await page.keyboard.press("Escape");
    });

    it("shows the plan of a block where the mouse rests on a lens, also where it only reads", async () => {
      const { page, bed } = editor;
      const target = new RegExp(`Context: podbook-${bed.name}\\s+Namespace: pyairtable`);
      for (const [line, plan] of [
        [fenceOver(authoringRunbook, "echo read-only"), /echo read-only\s+1 command that only reads/],
        [changing, /deletes 2 of 2 ready api-gateway pods/],
      ] as const) {
        const shown = await editor.workbench.lenses.tooltip(line, "Run", plan);
        assert.match(shown, /^Run this block/);
        assert.match(shown, target);
      }
      await page.keyboard.press("Escape");
    });

    it("mends a dangerous command by its quick fix", async () => {
      const { workbench, page } = editor;
      await workbench.goToLine(changing + 1);
      await page
        .locator(".part.editor .codicon-light-bulb:visible, .part.editor [class*=lightbulb]:visible")
        .first()
        .click();
      const fix = page.locator(".action-widget .monaco-list-row", { hasText: "rollout restart" }).first();
      await fix.waitFor();
      await editor.screenshot("quick-fixes");
      await fix.click();
      const lens = (titles: readonly string[]) => titles.some((one) => /restarts/.test(one));
      await workbench.lenses.at(changing, ({ titles }) => lens(titles), "the mended effect");
      const mended = /^kubectl rollout restart deployment\/api-gateway -n pyairtable$/m;
      await page.locator(".part.editor .view-line", { hasText: "rollout\u00a0restart" }).waitFor();
      // Saved by itself or by this: VS Code in a browser saves after a moment.
      await workbench.run("File: Save");
      await until(() => mended.test(readFileSync(file, "utf8")), `${mended} in the file`, 10_000);
    });

    it("shows the lenses at once while the cluster does not answer", async () => {
      const { workbench, bed, folder } = editor;
      const sockets = new Set<Socket>();
      const silent = createServer((socket) => void sockets.add(socket.on("error", () => socket.destroy()))).listen(
        0,
        "127.0.0.1",
      );
      await once(silent, "listening");
      try {
        const config = JSON.parse(await kubectl(bed, "config", "view", "--raw", "-o", "json"));
        config.clusters[0].cluster.server = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
        const copy = join(folder, "silent-kubeconfig");
        writeFileSync(copy, JSON.stringify(config), { mode: 0o600 });
        await editor.change({ "podbook.kubeconfig": copy });
        await workbench.openFile("silent.md");
        await workbench.lenses.at(
          changing,
          ({ titles }) => titles.some((one) => /deletes/.test(one)),
          "the text's own effect",
          4_000,
        );
      } finally {
        for (const socket of sockets) socket.destroy();
        silent.close();
        await editor.change({ "podbook.kubeconfig": bed.kubeconfig });
      }
    });
  });
}
