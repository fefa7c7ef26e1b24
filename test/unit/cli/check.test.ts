import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkout, makeWasmFolder, podbook, removeFolder } from "./terminals.ts";

const wasmFolder = makeWasmFolder();
const directory = mkdtempSync(join(tmpdir(), "podbook-check-"));
after(() => {
  removeFolder(wasmFolder);
  removeFolder(directory);
});
const here = { wasmFolder, directory };

writeFileSync(join(directory, "good.md"), "# Good\n\n```bash\nkubectl get pods\n```\n");
writeFileSync(join(directory, "bad, 50%.md"), "# Bad\n\n1. Step\n\n   ```bash\n   ls\n   echo a )\n   ```\n");
writeFileSync(
  join(directory, "target.md"),
  "```bash\nkubectl --context c1 -n staging get pods\n/path/to/it/run.sh\n```\n",
);
mkdirSync(join(directory, "tools"));
writeFileSync(join(directory, "tools", "run.sh"), "");

test("check exits 0 on the demo's runbooks", async () => {
  const names = readdirSync(join(checkout, "demo/runbooks")).map((name) => `demo/runbooks/${name}`);
  assert.ok(names.length >= 4);
  const { status, out, complaints } = await podbook(["check", ...names], { wasmFolder });
  assert.deepEqual([status, complaints], [0, ""]);
  assert.match(out, /4 files: 0 errors, 4 warnings, \d+ hints\.\n$/);
  assert.match(out, /runbook-pod-failures\.md:22:13: warning: Endpoints are deprecated/);
  assert.match(out, /runbook-pod-failures\.md:38:1: warning: Deletes every pod with app=api-gateway/);
});

test("check exits 1 on a bash syntax error, and tells its line and column", async () => {
  const { status, out, complaints } = await podbook(["check", "good.md", "bad, 50%.md"], here);
  assert.deepEqual([status, complaints], [1, ""]);
  assert.match(
    out,
    /^bad, 50%\.md:7:11: error: Not valid bash: .* \(bash-syntax\)\n2 files: 1 error, 0 warnings, 0 hints\.\n$/,
  );
});

test("check --format json", async () => {
  for (const args of [["--format", "json"], ["--json"]]) {
    const { status, out } = await podbook(["check", ...args, "good.md", "bad, 50%.md"], here);
    assert.equal(status, 1);
    const [{ message, ...problem }, ...others] = JSON.parse(out);
    assert.match(message, /^Not valid bash/);
    assert.deepEqual(problem, {
      file: "bad, 50%.md",
      line: 7,
      column: 11,
      endLine: 7,
      endColumn: 12,
      severity: "error",
      rule: "bash-syntax",
      fixes: [],
    });
    assert.deepEqual(others, []);
  }
  assert.equal((await podbook(["check", "--format=json", "good.md"], here)).out, "[]\n");
});

test("check --format github escapes what GitHub would misread", async () => {
  const { status, out } = await podbook(["check", "--format", "github", "bad, 50%.md"], here);
  assert.equal(status, 1);
  assert.match(
    out,
    /^::error file=bad%2C 50%25\.md,line=7,endLine=7,col=11,endColumn=12,title=podbook bash-syntax::Not valid bash: [^\n]*\n$/,
  );
  assert.equal((await podbook(["check", "--format", "github", "good.md"], here)).out, "");
});

test("check knows the target and the sample paths that it is told", async () => {
  const silent = await podbook(["check", "--format", "json", "target.md"], here);
  assert.deepEqual(rulesOf(silent.out), ["placeholder"]);
  const named = ["--namespace", "shop", "--context=dev", "--paths", "/path/to/it=tools"];
  const told = await podbook(["check", "--format", "json", ...named, "target.md"], here);
  assert.deepEqual([told.status, rulesOf(told.out)], [0, ["other-target", "other-target"]]);
  const wrong = await podbook(["check", "--format", "json", "--paths", "/path/to/it=.", "target.md"], here);
  assert.deepEqual([wrong.status, rulesOf(wrong.out)], [1, ["missing-script"]]);
});

function rulesOf(json: string): string[] {
  return (JSON.parse(json) as { rule: string }[]).map(({ rule }) => rule);
}

test("a file that cannot be read gives 2, and the others are checked all the same", async () => {
  const { status, out, complaints } = await podbook(["check", "none.md", "tools", "bad, 50%.md"], here);
  assert.equal(status, 2);
  assert.match(complaints, /^podbook: none\.md: there is no such file\.\npodbook: tools: this is a folder\./);
  assert.match(out, /:7:11: error/);
  assert.equal((await podbook(["inspect", "--json", "none.md"], here)).status, 2);
});

test("a wrong command line gives 2, and says what to do", async () => {
  const wrong = [
    [[], /Say what to do/],
    [["walk", "good.md"], /There is no command walk/],
    [["toString", "good.md"], /There is no command/],
    [["check"], /Say which files/],
    [["check", "--format", "xml", "good.md"], /no format xml/],
    [["check", "--paths", "x", "good.md"], /NAME=FOLDER/],
    [["check", "--namespace", "", "good.md"], /--namespace wants a name/],
    [["check", "--context=", "good.md"], /--context wants a name/],
    [["check", "--what", "good.md"], /--what/],
    [["inspect", "--format", "json", "good.md"], /inspect has no option --format/],
  ] as const;
  for (const [args, message] of wrong) {
    const { status, out, complaints } = await podbook(args, here);
    assert.deepEqual([status, out], [2, ""], args.join(" "));
    assert.match(complaints, message);
    assert.match(complaints, /podbook --help/);
  }
});

test("help and version", async () => {
  const help = await podbook(["--help"], here);
  assert.equal(help.status, 0);
  assert.match(help.out, /podbook inspect FILE…[\s\S]*podbook check FILE…/);
  assert.match((await podbook(["--version"], here)).out, /^\d+\.\d+\.\d+\n$/);
});

test("without the shell parser's files, the CLI says so and gives 2", async () => {
  const { status, complaints } = await podbook(["check", "good.md"], { wasmFolder: directory, directory });
  assert.equal(status, 2);
  assert.match(complaints, /the shell parser cannot be loaded.*npm run build/);
});

test("as a process, the CLI gives its status and keeps complaints out of the results", () => {
  const run = (...args: string[]) => {
    const command = [join(checkout, "src/cli.ts"), ...args];
    return spawnSync(process.execPath, command, { cwd: directory, encoding: "utf8", timeout: 60_000 });
  };
  const version = run("--version");
  assert.deepEqual([version.status, version.stderr], [0, ""]);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  const wrong = run("check");
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^podbook: Say which files/);
});
