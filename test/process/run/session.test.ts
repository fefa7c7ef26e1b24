import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Run } from "../../../src/run/run.ts";
import { emptySession, type ShellSession } from "../../../src/run/session.ts";
import { oncePerCommand } from "../../../src/run/steps.ts";
import { optionsFor, planOf } from "../../unit/run/runs.ts";

const folder = mkdtempSync(join(tmpdir(), "podbook-session-"));
after(() => rmSync(folder, { recursive: true }));

async function runIn(script: string, session: ShellSession, kubeconfig: string | null = null) {
  const { options, output } = optionsFor(planOf(script, { directory: folder }), { session, kubeconfig });
  const result = await new Run(options).ended;
  return { output: output(), session: result.session, exitCode: result.exitCode };
}

test("the next block has the exports and the directory of the one before, with any value", async () => {
  const hostile = "a 'b' \"c\" $(touch x) `touch x`\n\nüñ =\\";
  const quoted = hostile.replaceAll("'", "'\\''");
  const first = await runIn(`export VALUE='${quoted}' OTHER=1\nlocal_only=2\nmkdir -p sub; cd sub\n`, emptySession);
  assert.ok(first.session);
  const second = await runIn('printf "%s|%s|%s|%s" "$VALUE" "$OTHER" "$local_only" "$PWD"\n', first.session);
  assert.equal(second.output, `${hostile}|1||${folder}/sub`);
});

test("what a block changes or takes away is so in the next one", async () => {
  const first = await runIn("export ONE=1 TWO=2; unset HOME\n", emptySession);
  const second = await runIn("export ONE=changed; unset TWO\n", first.session ?? emptySession);
  const third = await runIn('echo "$ONE|${TWO-none}|${HOME-none}"\n', second.session ?? emptySession);
  assert.equal(third.output, "changed|none|none\n");
});

test("a failing block and one that leaves by exit hand on what they had set", async () => {
  for (const end of ["false", "exit 3", "set -e; false; echo never"]) {
    const first = await runIn(`export SET=yes; cd /; ${end}\n`, emptySession);
    assert.notEqual(first.exitCode, 0);
    assert.equal((await runIn('echo "$SET $PWD"\n', first.session ?? emptySession)).output, "yes /\n", end);
  }
});

test("the target is never carried: the next block has its own kubeconfig", async () => {
  const first = await runIn("export KUBECONFIG=/elsewhere http_proxy=http://elsewhere\n", emptySession, "first");
  assert.deepEqual([...(first.session?.variables ?? [])], []);
  const second = await runIn('cat "$KUBECONFIG"\n', first.session ?? emptySession, "second");
  assert.equal(second.output, "second");
});

test("where the shell cannot tell how it ended, nothing is handed on", async () => {
  for (const script of ["export A=1; exec true\n", "export A=1; trap 'echo mine' EXIT\n", "export A=1; kill -9 $$\n"]) {
    assert.equal((await runIn(script, emptySession)).session, undefined, script);
  }
});

test("without a session nothing is written or carried", async () => {
  const { options } = optionsFor(planOf("export A=1\n"));
  assert.equal((await new Run(options).ended).session, undefined);
});

test("step by step the session is kept too, and its keeping is not asked about", async () => {
  const { options } = optionsFor(planOf("export A=1\nexport B=2\n", { directory: folder }), { session: emptySession });
  const asked: number[] = [];
  const lines = [0, 1].map((line) => ({ line, endLine: line }));
  const onStep = oncePerCommand(lines, async (index) => {
    asked.push(index);
    return "run";
  });
  const { session } = await new Run({ ...options, onStep }).ended;
  assert.deepEqual([...(session?.variables ?? [])].sort(), [
    ["A", "1"],
    ["B", "2"],
  ]);
  assert.deepEqual(asked, [0, 1]);
});
