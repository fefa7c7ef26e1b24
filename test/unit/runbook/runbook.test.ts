import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { fenceLanguage } from "../../../src/runbook/shellLanguages.ts";

function texts(markdown: string): string[] {
  return readRunbook(markdown).blocks.map((block) => block.text);
}

test("every shell language is a block, in any case and with attributes", () => {
  for (const info of [
    "bash",
    "sh",
    "shell",
    "zsh",
    "console",
    "shell-session",
    "Bash",
    "SHELL",
    "bash title=x",
    "sh {1}",
  ]) {
    assert.deepEqual(texts(`\`\`\`${info}\necho hi\n\`\`\`\n`), ["echo hi\n"], info);
  }
  for (const info of ["", "yaml", "python", "bashful", "text bash", "promql"]) {
    assert.deepEqual(texts(`\`\`\`${info}\necho hi\n\`\`\`\n`), [], info);
  }
});

test("the language is the first word, whatever is written behind it", () => {
  assert.equal(fenceLanguage(" Bash "), "bash");
  assert.equal(fenceLanguage("bash{1,3}"), "bash");
  assert.equal(fenceLanguage("sh,ignore"), "sh");
  assert.equal(fenceLanguage("{.numberLines .bash}"), "numberlines");
  assert.equal(fenceLanguage("{#id .bash}"), "bash");
  assert.equal(fenceLanguage("{.bash}"), "bash");
  assert.equal(fenceLanguage("{}"), "");
});

test("tilde fences, longer fences and fences that are never closed", () => {
  assert.deepEqual(texts("~~~bash\na\n~~~\n"), ["a\n"]);
  assert.deepEqual(texts("````bash\n```\na\n````\n"), ["```\na\n"]);
  assert.deepEqual(texts("```bash\na\nb"), ["a\nb"]);
  assert.deepEqual(texts("    ```bash\n    a\n"), [], "indented by four: code, not a fence");
});

test("blocks in lists and quotes have neither indentation nor markers, and know their lines", () => {
  const markdown = "1. Step\n   ```bash\n   one\n     two\n   ```\n\n> ```sh\n> three\n> ```\n";
  const { blocks } = readRunbook(markdown);
  assert.deepEqual(
    blocks.map(({ text, line, endLine }) => ({ text, line, endLine })),
    [
      { text: "one\n  two\n", line: 1, endLine: 4 },
      { text: "three\n", line: 6, endLine: 8 },
    ],
  );
});

test("a block stands under its headings", () => {
  const markdown = "# Book\n## A `b`\n### C\n```sh\n1\n```\n## D\n```sh\n2\n```\nSetext\n---\n```sh\n3\n```\n";
  const runbook = readRunbook(markdown);
  assert.equal(runbook.title, "Book");
  assert.deepEqual(
    runbook.blocks.map((block) => block.headings),
    [
      ["Book", "A b", "C"],
      ["Book", "D"],
      ["Book", "Setext"],
    ],
  );
});

test("ids are unique, and the same after edits elsewhere", () => {
  const block = (text: string) => `\`\`\`bash\n${text}\n\`\`\`\n`;
  const before = readRunbook(`# R\n## A\n${block("get")}${block("other")}## B\n${block("get")}${block("get")}`);
  const after = readRunbook(
    `# R\nNew words.\n\n${block("new")}## A\n${block("get")}${block("changed")}## B\n${block("get")}${block("get")}`,
  );
  const ids = before.blocks.map((one) => one.id);
  assert.equal(new Set(ids).size, 4);
  const idsAfter = after.blocks.map((one) => one.id);
  assert.deepEqual([idsAfter[1], idsAfter[3], idsAfter[4]], [ids[0], ids[2], ids[3]]);
});
