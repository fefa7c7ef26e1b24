import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Position } from "vscode";
import { blockLenses, clickLens, showMarkdown, titlesMatching } from "./lenses.ts";

const bash = (...lines: string[]) => ["```bash", ...lines, "```", ""].join("\n");

describe("The lenses of a runbook", () => {
  it("stand over every shell block and no other", async () => {
    const languages = [
      "bash",
      "sh",
      "shell",
      "zsh",
      "console",
      "shell-session",
      "Bash",
      'bash {name="x"}',
      "python",
      "",
    ];
    const { document } = await showMarkdown(languages.map((language) => `\`\`\`${language}\necho\n\`\`\`\n`).join(""));
    const lines = (await blockLenses(document)).map((block) => block.line);
    assert.deepEqual(lines, [0, 3, 6, 9, 12, 15, 18, 21]);
  });

  it("stand over tilde fences and fences in lists and quotes", async () => {
    const text = [
      "~~~sh",
      "ls",
      "~~~",
      "1. do",
      "   ```bash",
      "   ls",
      "   ```",
      "> - x",
      ">   ```sh",
      ">   ls",
      ">   ```",
    ];
    const { document } = await showMarkdown(text.join("\n"));
    assert.deepEqual(
      (await blockLenses(document)).map(({ line, titles }) => ({ line, titles })),
      [0, 4, 8].map((line) => ({ line, titles: ["Run"] })),
    );
  });

  it("are not there over indented text that only looks like a fence", async () => {
    const { document } = await showMarkdown("text\n\n    ```bash\n    ls\n    ```\n");
    assert.deepEqual(await blockLenses(document), []);
  });
});

describe("Running a block", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "podbook-host-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("shows exit code 0 and a duration afterwards", async () => {
    const { document } = await showMarkdown(bash("echo done"));
    await clickLens(document, 0, "Run");
    assert.ok((await titlesMatching(document, 0, /^✓ 0 · \d+\.\d s$/)).includes("Run"));
  });

  it("shows the exit code of a failure", async () => {
    const { document } = await showMarkdown(bash("exit 3"));
    await clickLens(document, 0, "Run");
    assert.ok((await titlesMatching(document, 0, /^✗ 3 · /)).includes("Run"));
  });

  it("gives the block a standard input that is at its end", async () => {
    const { document } = await showMarkdown(bash("cat; read -r line || echo nothing"));
    await clickLens(document, 0, "Run");
    await titlesMatching(document, 0, /^✓ 0/);
  });

  it("runs the lines of an indented block without their indentation", async () => {
    const { document } = await showMarkdown(
      "1. do\n   ```bash\n   x=$(cat <<END\n   a\n     b\n   END\n   )\n   [ \"$x\" = $'a\\n  b' ]\n   ```\n",
    );
    await clickLens(document, 1, "Run");
    await titlesMatching(document, 1, /^✓ 0/);
  });

  it("can be stopped, and says so", async () => {
    const { document } = await showMarkdown(bash("sleep 1000 & wait"));
    await clickLens(document, 0, "Run");
    assert.deepEqual(await titlesMatching(document, 0, /^running$/), ["Stop", "running"]);
    await clickLens(document, 0, "Stop");
    await titlesMatching(document, 0, /^■ stopped/);
  });

  it("keeps the lens on its block while text is put in above and into it", async () => {
    const gate = join(folder, "gate");
    const { document, edit } = await showMarkdown(
      `${bash("echo first")}\n${bash(`until [ -e ${gate} ]; do sleep 0.05; done`)}`,
    );
    await clickLens(document, 4, "Run");
    await titlesMatching(document, 4, /^running$/);
    await edit((change) => {
      change.insert(new Position(0, 0), "# New heading\n\ntext\n\n");
      change.insert(new Position(5, 0), "# a comment\n");
    });
    assert.deepEqual(
      (await blockLenses(document)).map(({ line, titles }) => ({ line, titles })),
      [
        { line: 4, titles: ["Run"] },
        { line: 8, titles: ["Stop", "running"] },
      ],
    );
    writeFileSync(gate, "");
    await titlesMatching(document, 8, /^✓ 0/);
    assert.deepEqual((await blockLenses(document))[0]?.titles, ["Run"]);
  });

  it("does not run a block with a placeholder before it is filled in", async () => {
    const { document } = await showMarkdown(`${bash("exit 3 # <pod-name>", "echo <pod-name>")}\n${bash("echo after")}`);
    await clickLens(document, 0, "Run");
    await titlesMatching(document, 0, /^preparing$/);
    await clickLens(document, 5, "Run");
    await titlesMatching(document, 5, /^✓ 0/);
    assert.deepEqual((await blockLenses(document))[0]?.titles, ["Stop", "preparing"]);
    await commands.executeCommand("workbench.action.closeQuickOpen");
    await titlesMatching(document, 0, /^Run$/);
  });
});
