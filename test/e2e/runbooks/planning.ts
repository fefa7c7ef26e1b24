import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { kubectl, podNames } from "../../run/kubectl.ts";
import type { BedEditor } from "../bedEditor.ts";
import { fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbook of this suite. */
export const planningRunbook = `# Plans

## Placeholder

\`\`\`bash
kubectl describe pod -n pyairtable <pod-name>
\`\`\`

## Change

\`\`\`bash
touch changed; kubectl delete pod -n pyairtable -l app=api-gateway
\`\`\`

## Path

\`\`\`bash
cd /path/to/scripts
./look.sh
\`\`\`

## Slow

\`\`\`bash
echo "first $(kubectl config current-context)"; until [ -e go-on ]; do sleep 0.1; done; echo "then $(kubectl config current-context)"
\`\`\`

## Steps

\`\`\`bash
word=kept
echo "skipped"
echo "the shell $word it"
\`\`\`

## Elsewhere

\`\`\`bash
KUBECONFIG=$PWD/elsewhere kubectl delete pod -n pyairtable -l app=auth-service
\`\`\`

## Not shell

\`\`\`bash
sum(rate(http_requests_total{status=~"5.."}[5m])) by (service)
\`\`\`
`;

/** What is asked and said before a run. */
export function planning(shared: SharedEditor): void {
  describe("Planning a run", { timeout: 480_000 }, () => {
    let editor: BedEditor;
    let copy: string;

    before(async () => {
      editor = shared.editor;
      mkdirSync(join(editor.folder, "tools"));
      copy = join(editor.folder, "kubeconfig");
      const config = readFileSync(editor.bed.kubeconfig, "utf8");
      writeFileSync(copy, config, { mode: 0o600 });
      await editor.change({
        "podbook.kubeconfig": copy,
        "podbook.protectedContexts": ["podbook-*"],
        "podbook.paths": { "/path/to/scripts": "tools" },
      });
      await editor.workbench.openAlone("planning.md");
      const line = fenceOver(planningRunbook, "touch changed");
      await editor.workbench.lenses.at(
        line,
        ({ titles }) => titles.some((title) => /deletes 2 pods/.test(title)),
        "its impact",
      );
      await editor.workbench.output.clear();
    });

    after(() => editor.change({ "podbook.kubeconfig": editor.bed.kubeconfig, "podbook.protectedContexts": [] }));
    afterEach(() => editor.workbench.output.clear());

    /** The whole output, once a run has ended in it. */
    async function outputOfRun(timeout = 30_000): Promise<string> {
      await editor.workbench.output.waitFor(/exit 0/, timeout);
      return editor.workbench.output.all();
    }

    /** Agrees, sees that Enter alone is not enough where words must be typed, and leaves: nothing runs. */
    async function takesNoEnter(line: number, words: string, picture: string): Promise<void> {
      const { workbench, page } = editor;
      await workbench.messages.press("Run");
      await workbench.quickInput().waitFor();
      await page.keyboard.press("Enter");
      await page.getByText(`Type "${words}" to go on`).waitFor();
      await editor.screenshot(picture);
      await page.keyboard.press("Escape");
      await workbench.lenses.at(line, ({ titles }) => titles[0] === "Run", "Run");
    }

    it("asks for a placeholder with the pods of the cluster", async () => {
      const { workbench, bed, page } = editor;
      await workbench.lenses.click(fenceOver(planningRunbook, "<pod-name>"), "Run", workbench.quickInput());
      const pods = (await kubectl(bed, "get", "pods", "-n", "pyairtable", "-o", "name")).trim().split("\n");
      for (const pod of pods) await page.locator(".quick-input-list", { hasText: pod.replace("pod/", "") }).waitFor();
      await editor.screenshot("placeholder-asks");
      await workbench.quickInput().fill("postgres-0");
      await page.keyboard.press("Enter");
      const shown = await outputOfRun();
      assert.match(shown, /^Name: +postgres-0$/m);
    });

    it("shows what a change hits, and does nothing on Cancel", async () => {
      const { workbench, bed } = editor;
      const before = await podNames(bed, "api-gateway");
      await workbench.lenses.click(fenceOver(planningRunbook, "touch changed"), "Run", workbench.messages.dialog());
      const question = await workbench.messages.dialogText();
      assert.match(question, new RegExp(`Context: podbook-${bed.name}\\s+Namespace: pyairtable`));
      assert.match(question, /deletes 2 of 2 ready api-gateway pods: no endpoint until they are back/);
      await editor.screenshot("change-asks");
      await workbench.messages.press("Cancel");
      assert.equal(existsSync(join(editor.folder, "changed")), false);
      assert.deepEqual(await podNames(bed, "api-gateway"), before);
    });

    it("lets nobody into a protected context by Enter alone", async () => {
      const { workbench, bed } = editor;
      const line = fenceOver(planningRunbook, "touch changed");
      await workbench.lenses.click(line, "Run", workbench.messages.dialog());
      await takesNoEnter(line, `podbook-${bed.name}`, "protected-asks");
      assert.equal(existsSync(join(editor.folder, "changed")), false);
      await workbench.lenses.click(line, "Run", workbench.messages.dialog());
      await workbench.messages.press("Run");
      await workbench.answer(`podbook-${bed.name}`);
      await outputOfRun();
      assert.equal(existsSync(join(editor.folder, "changed")), true);
    });

    it("asks for more than Enter where it cannot tell which cluster is changed", async () => {
      const { workbench } = editor;
      const line = fenceOver(planningRunbook, "KUBECONFIG=");
      await editor.change({ "podbook.protectedContexts": ["*prod*"] });
      // From the palette: the change of a setting draws the lenses anew, and a click in between would go astray.
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      const question = await workbench.messages.dialogText();
      assert.match(question, /cannot tell which cluster this acts on: the block sets KUBECONFIG/);
      assert.doesNotMatch(question, /deletes \d of \d/, "nothing is counted on the pinned cluster");
      await takesNoEnter(line, "any cluster", "any-cluster-asks");
    });

    it("says which script is missing, and runs it from the mapped folder once it is there", async () => {
      const { workbench } = editor;
      const line = fenceOver(planningRunbook, "/path/to/scripts");
      await editor.change({ "podbook.protectedContexts": [] });
      // From the palette: the change of a setting draws the lenses anew, and a click in between would go astray.
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      await workbench.messages.notification("./look.sh does not exist").waitFor();
      await workbench.run("Notifications: Clear All Notifications");
      writeFileSync(join(editor.folder, "tools/look.sh"), "#!/bin/sh\necho looked in $(basename $PWD)\n", {
        mode: 0o755,
      });
      await workbench.lenses.click(line, "Run", workbench.messages.dialog());
      assert.match(await workbench.messages.dialogText(), /cannot tell what \.\/look\.sh does/);
      await workbench.messages.press("Run");
      assert.match(await outputOfRun(), /^looked in tools$/m);
    });

    it("keeps a run on its context when the kubeconfig changes in the middle of it", async () => {
      const { workbench, bed } = editor;
      await workbench.lenses.click(fenceOver(planningRunbook, "until"), "Run");
      await workbench.output.waitFor(/^first /m);
      const config = readFileSync(copy, "utf8");
      writeFileSync(copy, config.replaceAll(`podbook-${bed.name}`, "another-context"));
      writeFileSync(join(editor.folder, "go-on"), "");
      const shown = await outputOfRun();
      assert.match(shown, new RegExp(`^first podbook-${bed.name}$`, "m"));
      assert.match(shown, new RegExp(`^then podbook-${bed.name}$`, "m"));
      writeFileSync(copy, config);
    });

    it("runs step by step in one shell, and leaves out what is skipped", async () => {
      const { workbench } = editor;
      const line = fenceOver(planningRunbook, "word=kept");
      await workbench.lenses.click(line, "Run step by step", workbench.quickInput());
      await workbench.pick("Continue");
      await workbench.lenses.at(line + 2, ({ titles }) => titles.includes("Skip"), "Skip");
      await editor.screenshot("step-by-step");
      await workbench.pick("Skip");
      await workbench.lenses.at(line + 3, ({ titles }) => titles.includes("Continue"), "Continue");
      await editor.page.keyboard.press("Escape");
      await workbench.lenses.click(line + 3, "Continue");
      const shown = await outputOfRun();
      assert.match(shown, /^the shell kept it$/m);
      assert.doesNotMatch(shown, /^skipped$/m);
    });

    it("offers no Run for what is not shell", async () => {
      const line = fenceOver(planningRunbook, "sum(rate");
      const lens = await editor.workbench.lenses.at(line, ({ titles }) => titles.length > 0, "a lens");
      assert.deepEqual(lens.titles, ["not shell"]);
    });
  });
}
