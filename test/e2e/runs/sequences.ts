import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbook of this suite. */
export const sequencesRunbook = `# Sequences

## 1. Outage

**Scenario**: something is down
**Impact**: nobody can work
**Expected Recovery Time**: 30-60 seconds

### Detection

\`\`\`bash
echo "detected"
\`\`\`

### Action

\`\`\`bash
echo "acting"
exit 3
\`\`\`

### Validation

\`\`\`bash
echo "validated"
\`\`\`

## Queue

\`\`\`bash
until [ -e go-on ]; do sleep 0.1; done; touch first; echo "first is done"
\`\`\`

\`\`\`bash
[ -e first ] && touch second && echo "second came after"
\`\`\`

## Limit

\`\`\`bash timeout=1s
echo "begun"; sleep 1000
\`\`\`

## Session

\`\`\`bash
export CARRIED=yes
cd /
\`\`\`

\`\`\`bash
echo "carried: $CARRIED $PWD"
\`\`\`

## Stop

\`\`\`bash
echo "one"
sleep 1000
echo "three"
\`\`\`

## Long

\`\`\`bash
sleep 10.5
\`\`\`

## Last
`;

/** Several blocks in one go. */
export function sequences(shared: SharedEditor): void {
  describe("Runs one after the other", { timeout: 360_000 }, () => {
    before(async () => {
      const { editor } = shared;
      await editor.change({ "podbook.run.session": "runbook" });
      await editor.workbench.openAlone("sequences.md");
      await editor.workbench.output.clear();
    });
    after(() => shared.editor.change({ "podbook.run.session": "block" }));
    afterEach(() => shared.editor.workbench.output.clear());

    it("runs a scenario until a block fails, and goes on when the person says so", async () => {
      const { workbench } = shared.editor;
      const heading = sequencesRunbook.split("\n").indexOf("## 1. Outage") + 1;
      await workbench.lenses.click(heading, "Run scenario · 3 blocks");
      const stopped = workbench.messages.notification(/Action ended with ✗ 3 · .* Stopped here: 1 block has not run/);
      await stopped.waitFor();
      assert.doesNotMatch((await workbench.output.visible()).join("\n"), /validated/);
      await shared.editor.screenshot("sequence stopped");
      await stopped.getByRole("button", { name: "Continue with Next" }).click();
      await workbench.messages.notification("1. Outage: 2 of 3 blocks succeeded.").waitFor();
      const shown = await workbench.output.waitFor(/^validated$/m);
      assert.match(shown, /detected\n(.*\n)*acting\n(.*\n)*validated/);
    });

    it("lets changing runs of one target wait for each other", async () => {
      const { workbench } = shared.editor;
      const [first, second] = [fenceOver(sequencesRunbook, "touch first"), fenceOver(sequencesRunbook, "touch second")];
      await workbench.lenses.click(first, "Run", workbench.messages.dialog());
      await workbench.messages.press("Run");
      await workbench.lenses.at(first, ({ titles }) => titles.includes("running"), "its run");
      await workbench.lenses.click(second, "Run", workbench.messages.dialog());
      await workbench.messages.press("Run");
      await workbench.lenses.at(second, ({ titles }) => titles.includes("waits for another run"), "its wait");
      await shared.editor.screenshot("queued");
      writeFileSync(join(shared.editor.folder, "go-on"), "");
      const shown = await workbench.output.waitFor(/^(\[\d+\] )?second came after$/m);
      assert.match(shown, /^(\[\d+\] )?first is done\n(.*\n)*(\[\d+\] )?second came after$/m);
      // What is written of its end must not be taken for the beginning of the next.
      await workbench.lenses.at(second, ({ titles }) => /^✓ 0/.test(titles.at(-1) ?? ""), "its end");
    });

    it("ends a block that takes longer than its fence allows", async () => {
      const { workbench } = shared.editor;
      const line = fenceOver(sequencesRunbook, "begun");
      await workbench.lenses.click(line, "Run");
      await workbench.lenses.at(
        line,
        ({ titles }) => /^✗ timed out · [12]\.\d s$/.test(titles.at(-1) ?? ""),
        "its end",
      );
      assert.match(await workbench.output.waitFor(/timed out/), /begun\n.*timed out/);
    });

    it("carries exports and directory to the next block, shows them, and forgets them when asked", async () => {
      const { workbench } = shared.editor;
      const [setting, using] = [
        fenceOver(sequencesRunbook, "export CARRIED"),
        fenceOver(sequencesRunbook, "carried: $CARRIED"),
      ];
      await workbench.lenses.click(setting, "Run");
      await workbench.lenses.at(setting, ({ titles }) => /^✓ 0/.test(titles.at(-1) ?? ""), "its result");
      await workbench.lenses.click(using, "Run");
      await workbench.output.waitFor(/carried: yes \/$/m);
      await workbench.lenses.tooltip(using, "Run", /Goes on in \/; carries CARRIED/);
      await workbench.goToLine(using);
      await workbench.run("Podbook: Reset Session of This Runbook");
      await workbench.messages.notification("starts afresh").waitFor();
      await workbench.output.clear();
      await workbench.lenses.click(using, "Run", workbench.quickInput());
      await workbench.answer("typed");
      const shown = await workbench.output.waitFor(/^(?:\[\d+\] )?carried: typed .*$/m);
      assert.ok(shown.includes(`carried: typed ${shared.editor.folder}`), shown);
    });

    it("says after Stop All what had finished, what was cut and what never started", async () => {
      const { workbench } = shared.editor;
      await workbench.lenses.click(fenceOver(sequencesRunbook, 'echo "three"'), "Run");
      await workbench.output.waitFor(/⏵ sleep 1000/);
      await workbench.run("Podbook: Stop All Runs");
      const report = workbench.messages.notification(
        /Stop was cut \(1 of 3 commands had finished · cut: sleep 1000 · never started: echo "three"\)/,
      );
      await report.waitFor();
      await shared.editor.screenshot("stop all");
    });

    it("tells the end of a long run that nobody watches, and moves no focus", async () => {
      const { workbench, page } = shared.editor;
      const line = fenceOver(sequencesRunbook, "sleep 10.5");
      await workbench.lenses.click(line, "Run");
      await workbench.output.waitFor(/⏵|│ sleep 10\.5/);
      await page.keyboard.press("Control+J");
      const focused = () => page.evaluate("document.activeElement?.className");
      const before = await focused();
      await workbench.messages.notification(/Long: ✓ 0 · 10\.\d s/).waitFor();
      assert.equal(await focused(), before);
    });

    it("has all of it in the journal, with the output as it was shown", () => {
      const records = shared.editor.journal();
      const ended = records.map(({ start, ended }) => `${start.title} ${ended?.outcome} ${ended?.exitCode}`);
      for (const wanted of [
        "1. Outage › Action exited 3",
        "Limit timed-out null",
        "Stop stopped null",
        "Long exited 0",
      ]) {
        assert.ok(ended.includes(wanted), `${wanted} in ${ended.join(", ")}`);
      }
      const action = records.find(({ start }) => start.title === "1. Outage › Action");
      assert.equal(readFileSync(action?.output ?? "", "utf8"), "acting\n");
    });
  });
}
