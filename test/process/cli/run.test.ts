import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { JsonEvent } from "../../../src/cli/run/jsonViewer.ts";
import { BuiltCli } from "../../unit/cli/builtCli.ts";
import { podbook } from "../../unit/cli/terminals.ts";

describe("podbook run", { timeout: 300_000 }, () => {
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

  const lines = (text: string) => Buffer.from(text, "latin1").toString().split("\n");

  it("prints the output on stdout, and what runs and how it ended on stderr", async () => {
    const file = runbook("plain.md", "echo one\necho two >&2\nfalse\npwd\nexit 7");
    const { status, out, errors } = await cli.run(["run", file]);
    assert.deepEqual([status, out], [7, `one\ntwo\n${cli.folder}\n`]);
    assert.match(lines(errors)[0] ?? "", /^▶ \d\d:\d\d:\d\d Step 1 \[no cluster\]$/);
    const told = [
      "⏵ echo one",
      "⏵ echo two >&2",
      "⏵ false",
      "✗ exit 1",
      "⏵ pwd",
      "⏵ exit 7",
      "✗ exit 7",
      "✗ failed, exit 7",
    ];
    assert.deepEqual(
      lines(errors)
        .slice(1)
        .map((line) => line.replace(/ · .*/, "")),
      [...told, ""],
    );
  });

  it("writes the run down", async () => {
    const file = runbook("kept.md", "echo kept\nexit 3");
    const before = new Set(existsSync(cli.journal) ? readdirSync(cli.journal) : []);
    await cli.run(["run", file]);
    const [id = "", ...others] = readdirSync(cli.journal).filter((name) => !before.has(name));
    assert.deepEqual(others, []);
    assert.equal(readFileSync(join(cli.journal, id, "output"), "utf8"), "kept\n");
    const record = readFileSync(join(cli.journal, id, "record.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(record[0].origin.runbook, join(cli.folder, file));
    assert.equal(record.at(-1).exitCode, 3);
  });

  it("tells with --json what happens, one object a line", async () => {
    const file = runbook("events.md", "printf 'a\\xff'\necho é\necho wrong >&2\nexit 4");
    const { status, out } = await cli.run(["run", "--json", file]);
    assert.equal(status, 4);
    const events = lines(out)
      .slice(0, -1)
      .map((line) => JSON.parse(line) as JsonEvent);
    const [start] = events;
    const ended = events.at(-1);
    assert.ok(start?.type === "start" && ended?.type === "ended");
    assert.deepEqual([start.title, start.target, start.directory, start.effect], ["Step 1", null, cli.folder, "read"]);
    assert.deepEqual(
      start.commands.map(({ line, text, effect }) => [line, text, effect]),
      [
        [6, "printf 'a\\xff'", "read"],
        [7, "echo é", "read"],
        [8, "echo wrong >&2", "read"],
        [9, "exit 4", "read"],
      ],
    );
    assert.deepEqual([ended.id, ended.outcome, ended.exitCode], [start.id, "exited", 4]);
    const output = (stream: string) =>
      Buffer.concat(
        events.flatMap((event) => {
          if (event.type !== "output" || event.stream !== stream) return [];
          return "text" in event ? Buffer.from(event.text) : Buffer.from(event.base64, "base64");
        }),
      );
    assert.deepEqual(output("stdout"), Buffer.concat([Buffer.from("a\xff", "latin1"), Buffer.from("é\n")]));
    assert.equal(output("stderr").toString(), "wrong\n");
    const kinds = events.flatMap((event) =>
      event.type === "begin" || event.type === "end" ? `${event.type} ${event.index}` : [],
    );
    assert.deepEqual(kinds, ["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"]);
  });

  it("masks secrets in what it shows and writes down, but not in the block's own bytes", async () => {
    const secret = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0";
    const file = runbook("secret.md", "printf 'Authorization: Bearer %s\\n' eyJhbGciOiJIUzI1NiJ9.c2Vjc''mV0");
    const raw = await cli.run(["run", "--raw", file]);
    assert.equal(raw.out, `Authorization: Bearer ${secret}\n`);
    const [plain, json] = [await cli.run(["run", file]), await cli.run(["run", "--json", file])];
    for (const { out } of [plain, json]) {
      assert.match(out, /Authorization: Bearer /);
      assert.ok(!out.includes(secret), out);
    }
    const kept = readdirSync(cli.journal).map((id) => readFileSync(join(cli.journal, id, "output"), "utf8"));
    assert.equal(kept.filter((text) => text.startsWith("Authorization: Bearer ")).length, 3);
    assert.ok(kept.every((text) => !text.includes(secret)));
  });

  it("exits as the block did, or as shells and timeout(1) say", async () => {
    const file = runbook("codes.md", "exit 0", "exit 255", "kill -KILL $$", "kill -TERM $$");
    for (const [index, wanted] of [0, 255, 137, 143].entries()) {
      const { status } = await inProcess(["run", "--raw", "--yes", file, "--section", `Step ${index + 1}`]);
      assert.equal(status, wanted, `block ${index + 1}`);
    }
    const long = runbook("long.md", "echo begun\nsleep 60");
    const timed = await inProcess(["run", "--timeout", "300ms", long]);
    assert.deepEqual([timed.status, timed.out], [124, "begun\n"]);
    assert.match(lines(timed.errors).at(-2) ?? "", /^✗ timed out · 0\.\d s$/);
    writeFileSync(join(cli.folder, "fence.md"), "```bash timeout=200ms\nsleep 60\n```\n");
    assert.equal((await inProcess(["run", "fence.md"])).status, 124);
    writeFileSync(join(cli.folder, "bad.md"), "```bash timeout=soon\nls\n```\n");
    const bad = await inProcess(["run", "bad.md"]);
    assert.equal(bad.status, 2);
    assert.match(bad.errors, /the fence of this block says timeout soon/);
  });

  it("cannot start a block whose folder is gone: 126", async () => {
    const text = "# A\n\n```bash\nmkdir gone; cd gone; rmdir ../gone\n```\n\n```bash\ntrue\n```\n";
    writeFileSync(join(cli.folder, "gone.md"), text);
    const { status, errors } = await inProcess(["run", "gone.md", "--section", "A", "--session", "--yes"]);
    assert.equal(status, 126);
    assert.match(errors, /not started: bash or the working directory .*gone was not found/);
  });

  it("runs the blocks of a section in order, and says where it stops", async () => {
    writeFileSync(
      join(cli.folder, "section.md"),
      '# All\n\n```bash\nexport KEPT=1 CITY=Graz\ncd sub\n```\n\n```bash\necho "[${KEPT-}] $CITY ${PWD##*/}"\nfalse\n```\n\n```bash\necho never\n```\n',
    );
    mkdirSync(join(cli.folder, "sub"), { recursive: true });
    const carried = await inProcess(["run", "section.md", "--section", "All", "--session"]);
    assert.deepEqual([carried.status, carried.out], [1, "[1] Graz sub\n"]);
    assert.match(carried.errors, /podbook: stopped after All: 1 block has not run\.\n$/);
    const alone = await inProcess(["run", "section.md", "--section", "All"]);
    assert.deepEqual([alone.status, alone.out], [2, ""]);
    assert.match(alone.errors, /^podbook: Not run: \$CITY has no value\. Say --set CITY=VALUE\n$/);
    const given = await inProcess(["run", "section.md", "--section", "All", "--set", "CITY=Linz"]);
    assert.deepEqual([given.status, given.out.split(" ")[1]], [1, "Linz"]);
  });

  it("fills in the values that it is given, quoted, and wants all of them", async () => {
    const file = runbook("values.md", "echo '<pod-name>' <pod-name> ${YOUR_CITY} {{ word }}\nls /path/to/tools");
    mkdirSync(join(cli.folder, "my tools"), { recursive: true });
    writeFileSync(join(cli.folder, "my tools", "hammer"), "");
    const rest = ["--set", "YOUR_CITY=a b", "--set", "{{ word }}=$(touch bad)", "--set", "/path/to/tools=my tools"];
    const { status, out, errors } = await inProcess(["run", file, "--raw", "--set", "pod-name=it's", ...rest]);
    assert.deepEqual([status, out, errors], [0, "it's it's a b $(touch bad)\nhammer\n", ""]);
    assert.equal(existsSync(join(cli.folder, "bad")), false);
    const missing = await inProcess(["run", file, "--set", "<pod-name>=x", ...rest.slice(0, 2)]);
    assert.deepEqual([missing.status, missing.out], [2, ""]);
    assert.match(
      missing.errors,
      /\{\{ word \}\}, \/path\/to\/tools have no values\. Say --set word=VALUE --set \/path\/to\/tools=VALUE/,
    );
    const unknown = await inProcess(["run", file, "--set", "pod=x"]);
    assert.equal(unknown.status, 2);
    assert.match(unknown.errors, /--set pod: there is no such placeholder\. What would run has <pod-name>/);
    const hostile = await inProcess(["run", file, "--set", "pod-name=--all", ...rest]);
    assert.equal(hostile.status, 2);
    assert.match(hostile.errors, /begins with "-"/);
  });

  it("takes a variable that is exported where it runs, unless it is told another value", async () => {
    const file = runbook("variable.md", 'echo "$RELEASE_NAME"');
    const env = { ...cli.environment, RELEASE_NAME: "from outside" };
    assert.equal((await cli.run(["run", "--raw", file], { env })).out, "from outside\n");
    assert.equal((await cli.run(["run", "--raw", file, "--set", "RELEASE_NAME=told"], { env })).out, "told\n");
  });

  it("runs nothing that changes something without --yes where nobody can be asked", async () => {
    writeFileSync(join(cli.folder, "change.md"), "# All\n\n```bash\necho read\n```\n\n```bash\ntouch changed\n```\n");
    const refused = await inProcess(["run", "change.md", "--section", "All"]);
    assert.deepEqual([refused.status, refused.out], [2, ""]);
    assert.match(
      refused.errors,
      /^podbook: Not run: "All" changes something on no cluster\. To run it, say --yes\n[\s\S]*touch changed/,
    );
    assert.equal(existsSync(join(cli.folder, "changed")), false);
    const agreed = await inProcess(["run", "change.md", "--section", "All", "--yes"]);
    assert.deepEqual([agreed.status, agreed.out], [0, "read\n"]);
    assert.equal(existsSync(join(cli.folder, "changed")), true);
  });

  it("reads the runbook from standard input", async () => {
    const { status, out } = await cli.shell("printf '```bash\\npwd\\n```\\n' | podbook run --raw -");
    assert.deepEqual([status, out], [0, `${cli.folder}\n`]);
  });

  it("leaves nothing running in the background", async () => {
    const file = runbook("background.md", "sleep 60 > /dev/null 2>&1 &\necho $!");
    const { status, out, errors } = await inProcess(["run", file, "--yes"]);
    assert.equal(status, 0);
    assert.match(errors, /podbook: ended what the block had left running in the background\.\n$/);
    assert.equal(isAlive(Number(out)), false);
  });

  it("says what is wrong with a command line", async () => {
    const file = runbook("two.md", "ls", "pwd");
    const wrong: [string[], RegExp][] = [
      [["run"], /Say which file/],
      [["run", file, "other.md"], /Say which file, one/],
      [["run", file], /has 2 shell blocks\. Say which/],
      [["run", file, "--line", "x"], /--line wants the number/],
      [["run", file, "--line", "5", "--section", "A"], /Say one of --block, --line and --section/],
      [["run", file, "--raw", "--json"], /Say either --raw or --json/],
      [["run", file, "--timeout", "soon"], /--timeout wants a duration/],
      [["run", file, "--set", "x"], /--set wants NAME=VALUE/],
      [["run", file, "--format", "json"], /run has no option --format/],
      [["check", file, "--yes"], /check has no option --yes/],
      [["run", file, "--line", "5", "--kubeconfig", "none"], /No kubeconfig.*Name the file you use by --kubeconfig/],
      [["run", file, "--line", "5", "--context", "c"], /No kubeconfig/],
    ];
    for (const [args, message] of wrong) {
      const { status, out, errors } = await inProcess(args);
      assert.deepEqual([status, out], [2, ""], args.join(" "));
      assert.match(errors, message);
    }
  });
});

/** One that has ended and was not yet reaped is not. */
function isAlive(pid: number): boolean {
  return (
    spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" })
      .stdout.replace(/^Z.*/, "")
      .trim() !== ""
  );
}
