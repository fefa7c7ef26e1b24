import { strict as assert } from "node:assert";
import { before, describe, it } from "node:test";
import { podNames } from "../../run/kubectl.ts";
import { fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { fillJournal } from "./filledJournal.ts";

/** The runbook of this suite. */
export const outputsRunbook = `# Output

## Table

\`\`\`bash
kubectl get pods -n pyairtable -l app=api-gateway
echo "broken-0  0/1  CrashLoopBackOff  3"; echo "see notes.txt:2"
ls missing.txt
\`\`\`

## Flood

\`\`\`bash
seq 1 3000000
\`\`\`
`;

/** What the panel and the list of past runs show. */
export function outputs(shared: SharedEditor): void {
  describe("Outputs and past runs", { timeout: 360_000 }, () => {
    before(async () => {
      const { editor } = shared;
      const { folder } = editor;
      await editor.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const origin = { runbook: `file://${folder}/output.md`, block: "table", command: null };
      const run = { title: "Detection", origin, directory: folder, outcome: "exited" } as const;
      const at = Date.now() - 60_000;
      const fenced = { text: "cat fences.md", output: "```\nfenced\n```\n", status: 0 };
      await fillJournal(editor, [
        {
          ...run,
          at: at - 3000,
          commands: [{ text: "echo state", output: "\x1b[32mgreen\x1b[0m\n", status: 0 }, fenced],
        },
        { ...run, at: at - 2000, commands: [{ text: "echo state", output: "see notes.txt:3\n", status: 0 }, fenced] },
        {
          ...run,
          title: "Recovery",
          at: at - 1000,
          outcome: "interrupted",
          commands: [{ text: "kubectl rollout status", output: "waiting\n", status: 0 }],
        },
      ]);
      await editor.workbench.openFile("output.md");
    });

    /** Searches the list of runs until one row is there and another is not. */
    const find = async (words: string, there: string, gone: string) => {
      const row = (title: string) =>
        shared.editor.page.locator(".quick-input-list .monaco-list-row", { hasText: title });
      await row(there).first().waitFor();
      await shared.editor.workbench.quickInput().fill(words);
      await row(gone).first().waitFor({ state: "hidden" });
      await row(there).first().waitFor();
    };

    it("colours a status, and leads from a pod and a file in the panel to them", async () => {
      const { workbench, page, bed } = shared.editor;
      const [pod = ""] = await podNames(bed, "api-gateway");
      await workbench.lenses.click(fenceOver(outputsRunbook, "get pods"), "Run");
      const shown = await workbench.output.waitFor(/✗ #1 failed, exit 2 · \d+\.\d s/);
      assert.match(shown, /^✗ exit 2 · 0\.\d s$/m);
      assert.notEqual(await workbench.output.color("CrashLoopBackOff"), await workbench.output.color("broken-0"));
      await shared.editor.screenshot("output-light");
      await workbench.output.follow(pod);
      const selected = workbench.pods.pane().locator(".monaco-list-row.selected");
      await selected.filter({ hasText: pod.split("-").at(-1) ?? pod }).waitFor();
      await workbench.output.follow("notes.txt:2");
      await workbench.editor("notes.txt").waitFor();
      await page.locator(".statusbar-item", { hasText: "Ln 2, Col 1" }).waitFor();
    });

    it("keeps the end of a flood, says how much it left out, and goes on with the next run", async () => {
      const { workbench } = shared.editor;
      await workbench.output.toEnd();
      await workbench.openFile("output.md");
      await workbench.lenses.click(fenceOver(outputsRunbook, "seq"), "Run");
      await workbench.output.waitFor(/^2999999\n3000000\n✓ #2 done, exit 0/m, 60_000);
      assert.match(await workbench.output.all(), /^(▶ .*#1 |⋯ earlier output is left out here)/);
      await workbench.output.clear();
      await workbench.lenses.click(fenceOver(outputsRunbook, "get pods"), "Run");
      assert.match(await workbench.output.waitFor(/✗ #3 failed/), /▶ .* #3 /);
      assert.doesNotMatch(await workbench.output.all(), /2999999/, "what was cleared stays away");
    });

    it("finds a run by its result and opens all of its output, read-only, at its end, foldable", async () => {
      const { workbench, page } = shared.editor;
      await workbench.run("Podbook: Show Runs");
      await find("interrupted", "Recovery", "Detection");
      await shared.editor.screenshot("runs-interrupted");
      await page.keyboard.press("Enter");
      await workbench.pick("Open Full Output");
      await workbench.editor("Recovery").waitFor();
      const lines = page.locator(".part.editor .editor-instance .view-line");
      await lines.filter({ hasText: "interrupted: the editor ended while it ran" }).waitFor();
      await page.keyboard.type("x");
      await page.getByText("Editor is read-only").first().waitFor();
      await workbench.run("Fold All");
      await lines.filter({ hasText: "interrupted" }).waitFor({ state: "hidden" });
      assert.equal(await lines.filter({ hasText: "▶" }).count(), 1);
      await shared.editor.screenshot("full-output");
    });

    it("compares a run with the one before it, without their times", async () => {
      const { workbench, page } = shared.editor;
      await workbench.run("Podbook: Show Runs");
      await find("Detection", "Detection", "Recovery");
      await page.keyboard.press("Enter");
      await workbench.pick("Compare with the Previous Run");
      const side = (name: string) => page.locator(`.monaco-diff-editor .editor.${name} .view-line`);
      await side("original").filter({ hasText: "green" }).waitFor();
      await side("modified").filter({ hasText: "see notes.txt:3" }).waitFor();
      assert.equal(await page.locator(".monaco-diff-editor .line-insert").count(), 1, "only the output differs");
      await shared.editor.screenshot("compared");
    });

    it("copies a run for a chat", async () => {
      const { workbench, page } = shared.editor;
      await workbench.run("Podbook: Copy Run as Markdown");
      await find("fences", "Detection", "Recovery");
      await page.keyboard.press("Enter");
      await page.getByText("Copied: Detection").waitFor();
      const copied = await page.evaluate<string>("navigator.clipboard.readText()");
      assert.match(copied, /^\*\*Detection\*\* on `kind\/pyairtable`\n/);
      assert.match(
        copied,
        /\n````console\n\$ echo state\nsee notes\.txt:3\n\$ cat fences\.md\n```\nfenced\n```\n````\n/,
      );
    });
  });
}
