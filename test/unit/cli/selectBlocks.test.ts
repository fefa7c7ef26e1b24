import assert from "node:assert/strict";
import { test } from "node:test";
import type { Selection } from "../../../src/cli/run/runOptions.ts";
import { selectBlocks } from "../../../src/cli/run/selectBlocks.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();

const text = `# Book

## Gateway

### Detection

\`\`\`bash
echo one
\`\`\`

### Repair

\`\`\`bash
echo two
\`\`\`

## Auth service

### Detection

- \`\`\`bash
  echo three
  \`\`\`

\`\`\`sh
{ "kind": "Pod", "spec": {} }
\`\`\`

## Empty
`;

function source(content: string) {
  const runbook = readRunbook(content);
  const analyses = runbook.blocks.map((block) => analyseBlock(block.text, block.language, parser));
  return { file: "book.md", text: content, path: "/book.md", directory: "/", runbook, analyses };
}

function chosen(selection: Selection, content = text): string[] {
  return selectBlocks(source(content), selection).map(({ block }) => block.text.trim());
}

function refused(selection: Selection, message: RegExp, content = text): void {
  assert.throws(() => chosen(selection, content), { reason: "usage", message });
}

test("a block is chosen by its id, and by any line in it or of its fences", () => {
  const [one] = readRunbook(text).blocks;
  assert.ok(one);
  assert.deepEqual(chosen({ by: "block", id: one.id }), ["echo one"]);
  for (const line of [7, 8, 9]) assert.deepEqual(chosen({ by: "line", line }), ["echo one"]);
  assert.deepEqual(chosen({ by: "line", line: 22 }), ["echo three"]);
  for (const line of [6, 10, 999]) refused({ by: "line", line }, /no shell block at line/);
  refused(
    { by: "block", id: "none" },
    new RegExp(`no block none\\.\nIts blocks:\\n {2}${one.id} +line 7 +Gateway › Detection\\n`),
  );
});

test("a section gives its blocks in order, by its title, in any case, or by a part of it", () => {
  assert.deepEqual(chosen({ by: "section", title: "Gateway" }), ["echo one", "echo two"]);
  assert.deepEqual(chosen({ by: "section", title: "REPAIR" }), ["echo two"]);
  // What is not shell is left out of a section.
  assert.deepEqual(chosen({ by: "section", title: "auth" }), ["echo three"]);
  for (const title of ["Auth service › Detection", "auth service > detection", "service › Detect"]) {
    assert.deepEqual(chosen({ by: "section", title }), ["echo three"], title);
  }
});

test("a title that is not clear is refused with the sections that it could be", () => {
  refused(
    { by: "section", title: "Detection" },
    /2 sections[\s\S]*5: Gateway › Detection\n {2}19: Auth service › Detection/,
  );
  refused({ by: "section", title: "Nothing" }, /no section Nothing/);
  refused({ by: "section", title: "Empty" }, /has no shell blocks/);
});

test("without a choice, only the one block of a file that has one", () => {
  refused(
    { by: "nothing" },
    /has 3 shell blocks\. Say which: --block ID, --line N or --section TITLE\.[\s\S]*\(not shell\)/,
  );
  refused({ by: "nothing" }, /no shell blocks/, "# Nothing\n");
  assert.deepEqual(chosen({ by: "nothing" }, "```bash\nls\n```\n"), ["ls"]);
  assert.deepEqual(chosen({ by: "nothing" }, '```bash\nls\n```\n```sh\n{ "kind": "Pod", "spec": {} }\n```\n'), ["ls"]);
});
