import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ProcessGroup } from "../../../src/run/processGroup.ts";
import { BuiltCli } from "../../unit/cli/builtCli.ts";

describe("podbook run, ended before its time", { timeout: 300_000 }, () => {
  let cli: BuiltCli;
  before(async () => {
    cli = await BuiltCli.build();
  });
  after(() => cli.remove());

  const runbook = (name: string, ...blocks: string[]) => cli.runbook(name, ...blocks);

  it("stops the block at Ctrl-C, and at once when it is asked again", async () => {
    const file = runbook("stop.md", "trap 'echo cleaned; exit 1' INT\necho $$\nsleep 60 & wait");
    const child = cli.start(["run", "--raw", file]);
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    child.kill("SIGINT");
    const [[rest], [status]] = await Promise.all([once(child.stdout ?? child, "data"), once(child, "close")]);
    assert.deepEqual([String(rest), status], ["cleaned\n", 130]);
    assert.equal(new ProcessGroup(Number(line)).isAlive(), false);

    const stubborn = runbook("stubborn.md", "trap '' INT TERM\necho $$\nwhile :; do sleep 1; done");
    const other = cli.start(["run", "--raw", "--yes", stubborn]);
    const [pid] = (await once(other.stdout ?? other, "data")) as [Buffer];
    const startedAt = performance.now();
    other.kill("SIGTERM");
    other.kill("SIGINT");
    const [ended] = await once(other, "close");
    assert.equal(ended, 130);
    assert.ok(performance.now() - startedAt < 4500, "a second signal did not hasten the stop");
    assert.equal(new ProcessGroup(Number(pid)).isAlive(), false);
  });

  it("ends the block when nobody reads its output any more", async () => {
    const file = runbook("endless.md", "while :; do echo line; done");
    const { status, out } = await cli.shell(`podbook run ${file} --yes 2> said | head -n 2; echo "\${PIPESTATUS[0]}"`);
    assert.deepEqual([status, out], [0, "line\nline\n141\n"]);
  });

  it("hears signals while nobody reads, and goes when it is asked twice", async () => {
    const file = runbook("unread.md", "while :; do echo line; done");
    const child = cli.start(["run", "--raw", "--yes", file]);
    await once(child.stdout ?? child, "readable");
    child.kill("SIGINT");
    await once(child.stdout ?? child, "readable");
    child.kill("SIGINT");
    const [status, signal] = await once(child, "exit");
    assert.ok(status === 130 || signal === "SIGINT", `${status} ${signal}`);
  });

  it("tells at the next run what a kill -9 has interrupted, and closes its record", async () => {
    const killed = cli.start(["run", runbook("killed.md", "echo up; sleep 1000")]);
    await once(killed.stdout ?? killed, "data");
    killed.kill("SIGKILL");
    await once(killed, "close");
    const { status, errors } = await cli.run(["run", runbook("next.md", "echo next")]);
    assert.equal(status, 0);
    assert.match(errors, /^podbook: 1 run was interrupted when podbook was closed: Step 1\.$/m);
    const records = readdirSync(cli.journal).map((id) => readFileSync(join(cli.journal, id, "record.jsonl"), "utf8"));
    const [record, ...others] = records.filter((text) => text.includes("sleep 1000"));
    assert.deepEqual(others, []);
    assert.match(record ?? "", /"type":"ended".*"outcome":"interrupted"/);
  });
});
