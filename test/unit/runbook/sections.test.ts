import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";

test("sections nest by their levels and end before the next of their level or above", () => {
  const markdown = "intro\n# A\n### B\ntext\n## C\nD *d*\n===\n\n> # not this\n\n- # nor this\n\n#### E\n";
  assert.deepEqual(
    readRunbook(markdown).sections.map(({ title, level, line, endLine, path }) => [title, level, line, endLine, path]),
    [
      ["A", 1, 1, 4, ["A"]],
      ["B", 3, 2, 3, ["A", "B"]],
      ["C", 2, 4, 4, ["A", "C"]],
      ["D d", 1, 5, 12, ["D d"]],
      ["E", 4, 12, 12, ["D d", "E"]],
    ],
  );
});

test("a block knows its section, and what its info string says", () => {
  const { blocks, sections } = readRunbook(
    '```sh\n0\n```\n# A\n## B\n- x\n\n  ```bash timeout=5m title="Look around"\n  1\n  ```\n',
  );
  assert.deepEqual(
    blocks.map(({ section, attributes }) => ({ section, attributes })),
    [
      { section: null, attributes: {} },
      { section: sections[1] ?? null, attributes: { timeout: "5m", title: "Look around" } },
    ],
  );
});

test("attributes in the styles of info strings", () => {
  const attributes = (info: string) => readRunbook(`\`\`\`${info}\nx\n\`\`\`\n`).blocks[0]?.attributes;
  for (const info of [
    "bash timeout=5m",
    "bash {timeout=5m}",
    "bash{timeout=5m}",
    "bash { timeout='5m' }",
    'bash timeout="5m"',
    "bash # timeout: 5m",
    "bash #timeout:5m",
    "bash Timeout: 5m",
    "{.bash timeout=5m}",
    'sh {"timeout": "5m"}',
    "sh,timeout=5m",
    "sh {1,3} timeout=5m timeout=6m",
  ]) {
    assert.deepEqual(attributes(info), { timeout: "5m" }, info);
  }
  assert.deepEqual(attributes("bash {#id .numberLines} title='a b' x:1"), { title: "a b", x: "1" });
  assert.deepEqual(attributes("bash see https://x.example"), {});
  assert.deepEqual(Object.keys(attributes("bash __proto__=x") ?? {}), ["__proto__"]);
});

test("front matter heads no section and may give the title; blocks within stay CommonMark's", () => {
  const front = '---\ntitle: "The book"\n# note\ntags:\n  - a\n---\n';
  assert.equal(readRunbook(`${front}\ntext\n`).title, "The book");
  assert.deepEqual(readRunbook(`${front}\ntext\n`).sections, []);
  assert.deepEqual(
    readRunbook(`${front}# Real\n\n\`\`\`sh\nx\n\`\`\`\n`).blocks.map(({ headings, line }) => ({ headings, line })),
    [{ headings: ["Real"], line: 8 }],
  );
  assert.equal(readRunbook("---\n\n# A\n\n---\n").title, "A", "a rule is no front matter");
});
