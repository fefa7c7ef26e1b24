import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { ProcessGroup } from "../../../src/run/processGroup.ts";
import { BuiltCli } from "./builtCli.ts";

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
});
