import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import MarkdownIt from "markdown-it";
import { DemoBed } from "./demoBed.ts";

const folder = join(import.meta.dirname, "../../demo");

/** The blocks of a runbook that need neither a value nor a name that only the cluster's own network knows. */
function runnableBlocks(name: string): { line: number; text: string }[] {
  const markdown = readFileSync(join(folder, "runbooks", name), "utf8");
  return new MarkdownIt("commonmark")
    .parse(markdown, {})
    .filter((token) => token.type === "fence" && !/<[a-z-]+>|\.svc\.cluster\.local/.test(token.content))
    .map((token) => ({ line: (token.map?.[0] ?? 0) + 1, text: token.content.replaceAll("/path/to/", `${folder}/`) }));
}

describe("the demo's runbooks", () => {
  let demo: DemoBed;

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  for (const name of [
    "runbook-network-failures.md",
    "runbook-database-failures.md",
    "runbook-emergency-procedures.md",
  ]) {
    it(`runs every block of ${name} from top to bottom`, async () => {
      const blocks = runnableBlocks(name);
      equal(blocks.length > 7, true);
      for (const { line, text } of blocks) {
        // As Podbook runs it: a pod that goes while a block looks at it is no failure of the block.
        const { code, out } = await demo.run("bash", ["-c", text]);
        equal(code, 0, `${name}:${line}\n${out}`);
      }
    });
  }
});
