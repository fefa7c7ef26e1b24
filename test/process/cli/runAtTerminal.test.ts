import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { BuiltCli } from "../../unit/cli/builtCli.ts";
import { Pty } from "../../unit/cli/pty.ts";

describe("podbook run, at a terminal", {
  timeout: 300_000,
  skip: process.platform === "linux" ? false : "script(1) of util-linux makes the terminal",
}, () => {
  let cli: BuiltCli;
  before(async () => {
    cli = await BuiltCli.build();
  });
  after(() => cli.remove());

  const runbook = (name: string, ...blocks: string[]) => cli.runbook(name, ...blocks);

  it("asks before what changes something, and runs it after yes", async () => {
    const file = runbook("ask.md", "touch asked\necho done");
    const no = new Pty(cli, ["run", file]);
    await no.answer("Type yes to run: ", "y\n");
    assert.equal(await no.ended(), 2);
    assert.match(no.text, /"Step 1" changes something:\n[\s\S]*touch asked[\s\S]*podbook: Not run\./);
    assert.equal(existsSync(join(cli.folder, "asked")), false);
    const yes = new Pty(cli, ["run", file]);
    await yes.answer("Type yes to run: ", "yes\n");
    assert.equal(await yes.ended(), 0);
    assert.match(yes.text, /⏵ echo done\ndone\n✓ done, exit 0/);
    assert.equal(existsSync(join(cli.folder, "asked")), true);
  });

  it("asks for values, and again where one cannot be", async () => {
    const pty = new Pty(cli, ["run", runbook("word.md", "echo <word>"), "--raw"]);
    await pty.answer("<word> (as it is, without quotes): ", "\n");
    await pty.answer("<word> needs a value.\n<word> (as it is, without quotes): ", "it's $HOME\n");
    assert.equal(await pty.ended(), 0);
    assert.match(pty.text, /\nit's \$HOME\n$/);
  });

  it("wants the name of a protected context", async () => {
    const config = {
      "current-context": "prod-1",
      contexts: [{ name: "prod-1", context: { cluster: "c", user: "u", namespace: "shop" } }],
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      users: [{ name: "u", user: {} }],
    };
    writeFileSync(join(cli.folder, "kubeconfig"), JSON.stringify(config));
    const args = ["run", runbook("protected.md", "touch guarded"), "--kubeconfig", "kubeconfig"];
    const pty = new Pty(cli, args);
    await pty.answer("prod-1 is protected. Type prod-1 to run: ", "prod\n");
    assert.equal(await pty.ended(), 2);
    assert.match(pty.text, /Context: prod-1\n {2}Namespace: shop\n/);
    assert.equal(existsSync(join(cli.folder, "guarded")), false);
    const unasked = await cli.run([...args, "--yes"]);
    assert.equal(unasked.status, 2);
    assert.match(
      unasked.errors,
      /on prod-1\/shop, and prod-1 is protected\. To run it, say --confirm-context prod-1\n/,
    );
    assert.equal((await cli.run([...args, "--confirm-context", "prod-1"])).status, 2);
    const typed = new Pty(cli, args);
    await typed.answer("Type prod-1 to run: ", "prod-1\n");
    assert.equal(await typed.ended(), 0);
    assert.equal((await cli.run([...args, "--yes", "--confirm-context", "prod-1"])).status, 0);
  });

  it("takes Ctrl-C, in a question and while a block runs", async () => {
    const question = new Pty(cli, ["run", runbook("word.md", "echo <word>")]);
    await question.answer("without quotes): ", "\x03");
    assert.equal(await question.ended(), 130);
    const running = new Pty(cli, ["run", runbook("sleep.md", "echo begun; sleep 60")]);
    await running.answer("\nbegun\n", "\x03");
    assert.equal(await running.ended(), 130);
    assert.match(running.text, /■ stopped/);
  });
});
