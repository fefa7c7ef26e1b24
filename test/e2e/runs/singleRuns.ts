import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, before, describe, it } from "node:test";
import { readProcess } from "../../bed/processes.ts";
import type { SeenLens } from "../../host/lenses.ts";
import { until } from "../../run/until.ts";
import { fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The runbook of this suite. */
export const singleRunsRunbook = `# Runs

## Long

\`\`\`bash
for i in {1..10}; do echo "tick $i at $(date +%s%3N)"; sleep 1; until [ -e seen-$i ]; do sleep 0.02; done; done
\`\`\`

## Stop

\`\`\`bash
sleep 1000 & echo "shell $$ child $!"; wait
\`\`\`

## Input

\`\`\`bash
read -r answer || echo "no answer"; cat; echo "went on"
\`\`\`

## Two

\`\`\`bash
until [ -e both-run ]; do sleep 0.02; done; for i in {1..40}; do printf 'left-%s-' $i; sleep 0.08; printf 'end\\n'; done
\`\`\`

\`\`\`bash
until [ -e both-run ]; do sleep 0.02; done; for i in {1..40}; do printf 'right-%s-' $i; sleep 0.08; printf 'end\\n'; done
\`\`\`

## Last
`;

/** What happens while one block runs. The last test closes the window. */
export function singleRuns(shared: SharedEditor): void {
  describe("Running blocks", { timeout: 360_000 }, () => {
    before(async () => {
      const { editor } = shared;
      await editor.workbench.openAlone("runs.md");
      await editor.workbench.output.clear();
    });
    afterEach(async () => {
      if (!shared.editor.page.isClosed()) await shared.editor.workbench.output.clear();
    });

    it("shows each line of a block that prints for 10 s as it comes", async (test) => {
      const { workbench } = shared.editor;
      const line = fenceOver(singleRunsRunbook, "tick");
      await workbench.lenses.click(line, "Run");
      const lags: number[] = [];
      // The block prints no line before the last one was seen.
      for (let tick = 1; tick <= 10; tick++) {
        const pattern = new RegExp(`^tick ${tick} at (\\d+)$`, "m");
        const shown = await workbench.output.waitFor(pattern);
        lags.push(Date.now() - Number(pattern.exec(shown)?.[1]));
        assert.doesNotMatch(shown, new RegExp(`^tick ${tick + 1} at`, "m"));
        if (tick === 5) {
          await workbench.lenses.at(line, ({ titles }) => titles.join() === "Stop,running", "Stop");
          await shared.editor.screenshot("running");
        }
        writeFileSync(join(shared.editor.folder, `seen-${tick}`), "");
      }
      await workbench.lenses.at(line, ({ titles }) => /^✓ 0 · 1\d\.\d s$/.test(titles.at(-1) ?? ""), "its result");
      assert.match(await workbench.output.waitFor(/exit 0/), /exit 0 · 1\d\.\d s/);
      test.diagnostic(`from print to screen it took ${lags.join(", ")} ms`);
    });

    it("ends the whole group within 2 s when Stop is clicked", async () => {
      const { workbench } = shared.editor;
      const line = fenceOver(singleRunsRunbook, "sleep 1000");
      await workbench.lenses.click(line, "Run");
      const shown = await workbench.output.waitFor(/^shell \d+ child \d+$/m);
      const pids = childPids(shown);
      assert.deepEqual(
        pids.map((pid) => readProcess(pid)?.pid),
        pids,
        "both run",
      );
      const took = await measure(
        () => workbench.lenses.click(line, "Stop"),
        () => pids.every((pid) => readProcess(pid) === undefined),
      );
      assert.ok(took < 2_000, `they ended after ${took} ms`);
      await workbench.lenses.at(line, ({ titles }) => /^■ stopped · /.test(titles.at(-1) ?? ""), "stopped");
      await workbench.output.waitFor(/stopped · \d+\.\d s/);
    });

    it("does not hang on a block that reads standard input", async () => {
      const { workbench } = shared.editor;
      await workbench.lenses.click(fenceOver(singleRunsRunbook, "read -r answer"), "Run");
      const shown = await workbench.output.waitFor(/exit 0/, 5_000);
      assert.match(shown, /^no answer\nwent on$/m);
    });

    it("keeps the lines of two blocks apart that run at once", async () => {
      const { workbench } = shared.editor;
      await workbench.lenses.click(fenceOver(singleRunsRunbook, "left"), "Run");
      await workbench.lenses.click(fenceOver(singleRunsRunbook, "right"), "Run");
      writeFileSync(join(shared.editor.folder, "both-run"), "");
      for (const name of ["left", "right"]) {
        await workbench.lenses.at(
          fenceOver(singleRunsRunbook, name),
          ({ titles }) => /^✓/.test(titles.at(-1) ?? ""),
          "a result",
        );
      }
      const all = await workbench.output.all();
      assert.match(all, /left-.*\n(.*\n)*.*right-.*\n(.*\n)*.*left-/, "they ran at once");
      const printed = all.split("\n").filter((line) => /^(\[\d+\] )?(left|right)-/.test(line));
      const side = (name: string) =>
        printed.map((line) => line.replace(/^\[\d+\] /, "")).filter((line) => line.startsWith(name));
      for (const name of ["left", "right"]) {
        assert.deepEqual(
          side(name),
          Array.from({ length: 40 }, (_one, index) => `${name}-${index + 1}-end`),
        );
      }
    });

    it("keeps lens and run on their block while the file is edited", async () => {
      const { workbench, page } = shared.editor;
      const line = fenceOver(singleRunsRunbook, "sleep 1000");
      await workbench.lenses.click(line, "Run");
      await workbench.output.waitFor(/^shell \d+/m);
      await workbench.goToLine(2);
      await page.keyboard.type("A first line\nand a second\n\n");
      const moved = await workbench.lenses.at(line + 3, ({ titles }) => titles[0] === "Stop", "Stop");
      assert.equal(moved.below.trim(), "```bash");
      await workbench.lenses.click(line + 3, "Stop");
      await workbench.lenses.at(line + 3, ({ titles }) => /^■/.test(titles.at(-1) ?? ""), "stopped");
      const isBack = (lens: SeenLens) => lens.line === line && /^■/.test(lens.titles.at(-1) ?? "");
      for (let step = 0; step < 10 && !(await workbench.lenses.seen()).some(isBack); step++) {
        await page.keyboard.press("Control+Z");
      }
    });

    it("runs the block at the cursor and stops all runs from the palette", async () => {
      const { workbench } = shared.editor;
      const line = fenceOver(singleRunsRunbook, "sleep 1000");
      await workbench.goToLine(line + 1);
      await workbench.run("Podbook: Run Block at Cursor");
      const shown = await workbench.output.waitFor(/^shell \d+ child \d+$/m);
      const pids = childPids(shown);
      const took = await measure(
        async () => {
          await workbench.run("Podbook: Stop All Runs");
          return performance.now();
        },
        () => pids.every((pid) => readProcess(pid) === undefined),
      );
      assert.ok(took < 2_000, `they ended after ${took} ms`);
      await workbench.lenses.at(line, ({ titles }) => /^■ stopped/.test(titles.at(-1) ?? ""), "stopped");
    });

    it("leaves no process of a run behind when VS Code ends", async () => {
      const { workbench } = shared.editor;
      await workbench.lenses.click(fenceOver(singleRunsRunbook, "sleep 1000"), "Run");
      const pids = childPids(await workbench.output.waitFor(/^shell \d+ child \d+$/m));
      assert.equal(pids.length, 2);
      const outlived = await shared.editor.close(5_000);
      assert.deepEqual(
        outlived.filter(({ pid }) => pids.includes(pid)),
        [],
      );
    });
  });
}

/** The ids that the block with a background process prints: of its shell and of that process. */
function childPids(shown: string): number[] {
  return /^shell (\d+) child (\d+)$/m.exec(shown)?.slice(1).map(Number) ?? [];
}

/** The ms from when the action says it was done until the condition, which does not hold before, does. */
async function measure(action: () => Promise<number>, condition: () => boolean): Promise<number> {
  // The action may resolve only when it has seen an effect: then it is too late to begin to look.
  const held = until(condition, "what is measured", 60_000).then(() => performance.now());
  const [start, end] = await Promise.all([action(), held]);
  return Math.round(end - start);
}
