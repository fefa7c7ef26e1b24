import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { share } from "../../soak.ts";
import { BuiltCli } from "../../unit/cli/builtCli.ts";
import { podbook } from "../../unit/cli/terminals.ts";
import { fidelityScripts } from "../run/fidelityScripts.ts";

describe("podbook run --raw", { timeout: 300_000 }, () => {
  let cli: BuiltCli;
  before(async () => {
    cli = await BuiltCli.build();
  });
  after(() => cli.remove());

  const runbook = (name: string, ...blocks: string[]) => cli.runbook(name, ...blocks);

  /** Runs the CLI in this process, which is quicker. */
  async function inProcess(args: readonly string[], directory = cli.folder) {
    const ran = await podbook(args, { wasmFolder: join(cli.folder, "dist"), directory });
    return {
      status: ran.status,
      out: ran.output.toString("latin1"),
      errors: Buffer.concat([ran.errors, Buffer.from(ran.complaints)]).toString("latin1"),
    };
  }

  it("gives --raw the block's own bytes on both streams", async () => {
    const own = join(cli.folder, "raw");
    mkdirSync(own);
    const script = join(own, "block.sh");
    const plain = (bytes: string) =>
      bytes.replaceAll(/\/\S*\/block\.sh/g, "FILE").replaceAll(/(line \d+: ) *\d+ /g, "$1PID ");
    // Scripts of every kind; a test of the engine runs all of them. Those that ask for values are none of this test.
    const asks = /COPROC_PID|`{3}/;
    const some = share(
      fidelityScripts.filter((text, index) => index % 7 === 0 && !asks.test(text) && text.trim() !== ""),
      4,
    );
    assert.ok(some.length >= 6);
    // Real pipes: Node's are sockets, which a script cannot open again as /dev/stderr.
    const apart = `(setsid -w bash "$0" < /dev/null 2>&1 >&3 3>&- | cat > "$2"; exit "\${PIPESTATUS[0]}") 3>&1 | cat > "$1"; exit "\${PIPESTATUS[0]}"`;
    for (const text of some) {
      writeFileSync(join(own, "book.md"), `\`\`\`bash\n${text.trimEnd()}\n\`\`\`\n`);
      writeFileSync(script, `${text.trimEnd()}\n`);
      const bash = spawn("bash", ["-c", apart, script, join(own, "out"), join(own, "errors")], {
        cwd: own,
        env: { PATH: process.env["PATH"], HOME: own },
        stdio: "ignore",
      });
      const [status] = (await once(bash, "close")) as [number | null];
      const ran = await inProcess(["run", "--raw", "--yes", "book.md"], own);
      const [actual, expected] = [
        [ran.status, plain(ran.out), plain(ran.errors)],
        [status, plain(readFileSync(join(own, "out"), "latin1")), plain(readFileSync(join(own, "errors"), "latin1"))],
      ];
      assert.deepEqual(actual, expected, text);
    }
  });

  it("keeps the order of both streams with --raw where they are one", async () => {
    const mixed = runbook("mixed.md", "for i in 1 2 3; do echo out $i; echo err $i >&2; done");
    const together = await cli.shell(`podbook run --raw ${mixed} 2>&1`);
    assert.equal(together.out, "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n");
    const toFile = await cli.shell(`podbook run --raw ${mixed} > both 2>&1; cat both`);
    assert.equal(toFile.out, together.out);
    const apart = await cli.run(["run", "--raw", mixed]);
    assert.deepEqual([apart.out, apart.errors], ["out 1\nout 2\nout 3\n", "err 1\nerr 2\nerr 3\n"]);
  });
});
