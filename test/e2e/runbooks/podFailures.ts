import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { before, describe, it } from "node:test";
import type { SeenLens } from "../../host/lenses.ts";
import { podNames } from "../../run/kubectl.ts";
import { type BedEditor, root } from "../bedEditor.ts";
import { fenceLines, fenceOver } from "../blocks.ts";
import type { SharedEditor } from "../sharedEditor.ts";

/** The files of this suite, as they are named in the window: our runbook, and the original where it lies beside the project. */
export const podFailureRunbooks = Object.fromEntries(
  Object.entries({
    "demo.md": join(root, "demo/runbooks/runbook-pod-failures.md"),
    "shared.md": resolve(root, "../shared/runbook-pod-failures.md"),
  }).filter(([, file]) => existsSync(file)),
);

/** The runbook of the first users, in their words and in ours. */
export function podFailures(shared: SharedEditor): void {
  describe("The pod failures runbook", { timeout: 360_000 }, () => {
    let editor: BedEditor;

    before(() => {
      editor = shared.editor;
    });

    for (const [name, file] of Object.entries(podFailureRunbooks)) {
      it(`shows 17 Run lenses (${name})`, async () => {
        const { workbench, page } = editor;
        const fences = fenceLines(readFileSync(file, "utf8"));
        assert.equal(fences.length, 17);
        await workbench.openFile(name);
        const normal = page.viewportSize();
        // So tall that the whole file is on the screen.
        await page.setViewportSize({ width: 1400, height: 9_000 });
        try {
          const lenses = await workbench.lenses.waitFor(
            (all) => all.filter(({ titles }) => titles[0] === "Run").length >= 17,
            "17 Run lenses",
          );
          assert.deepEqual(
            lenses.filter(({ titles }) => titles[0] === "Run").map(({ line }) => line),
            fences,
          );
        } finally {
          if (normal) await page.setViewportSize(normal);
        }
      });

      it(`runs its first block on the cluster (${name})`, async () => {
        const { workbench, bed } = editor;
        await workbench.openFile(name);
        const line = fenceLines(readFileSync(file, "utf8"))[0] ?? 0;
        const pods = await podNames(bed, "api-gateway");
        assert.equal(pods.length, 2);
        await workbench.pods.open();
        await workbench.lenses.click(line, "Run");
        const ended = ({ titles }: SeenLens) => titles[0] === "Run" && /^[✓✗]/.test(titles.at(-1) ?? "");
        const lens = await workbench.lenses.at(line, ended, "a result");
        const output = await workbench.output.all();
        assert.match(lens.titles.join(" "), /^Run .*✓ 0 · \d+\.\d s$/, output);
        assert.match(output, /"status":"ok"/, "the service answers by its name in the cluster");
        assert.match(
          output,
          new RegExp(`^\\S \\d\\d:\\d\\d:\\d\\d .*Detection \\[podbook-${bed.name}/pyairtable\\]$`, "m"),
        );
        assert.match(output, /^⏵ kubectl get pods -n pyairtable -l app=api-gateway$/m);
        for (const pod of pods) assert.match(output, new RegExp(`^${pod} +1/1 +Running `, "m"));
        await editor.screenshot(`first-block-${name.replace(".md", "")}`);
        await workbench.output.clear();
      });

      it(`runs the indented blocks of "Critical Actions" (${name})`, async () => {
        const { workbench, page } = editor;
        const text = readFileSync(file, "utf8");
        await workbench.openFile(name);
        const expected = {
          "kubectl get pv,pvc": [/^Name: +postgres-0$/m, /persistentvolumeclaim\/\S+ +Bound/],
          "psql -U postgres": [/^ postgres$/m, /^\(\d+ rows\)$/m],
          "restart deployment/auth-service": [/deployment\.apps\/auth-service restarted/],
        };
        for (const [content, patterns] of Object.entries(expected)) {
          const line = fenceOver(text.slice(text.indexOf("#### Critical Actions")), content);
          const offset = text.slice(0, text.indexOf("#### Critical Actions")).split("\n").length - 1;
          const asks = content.startsWith("restart") ? workbench.messages.dialog() : undefined;
          await workbench.lenses.click(line + offset, "Run", asks);
          if (asks) await workbench.messages.press("Run");
          const done = await workbench.lenses.at(
            line + offset,
            ({ titles }) => /^[✓✗]/.test(titles.at(-1) ?? ""),
            "a result",
          );
          const output = editor.lastOutput();
          assert.match(done.titles.at(-1) ?? "", /^✓ 0/, output);
          for (const pattern of patterns) assert.match(output, pattern);
          await workbench.output.clear();
        }
        // The last of them has changed something.
        await page.locator(".statusbar-item", { hasText: "Start Incident" }).waitFor();
      });
    }
  });
}
