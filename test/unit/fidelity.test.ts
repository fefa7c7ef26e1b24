import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { planScript } from "../../src/plan/planScript.ts";
import type { CommandProgress } from "../../src/run/commandProgress.ts";
import { Run } from "../../src/run/run.ts";
import { analyseBlock } from "../../src/shell/analyseBlock.ts";
import { fidelityScripts } from "./fidelityScripts.ts";
import { testShellParser } from "./shellParser.ts";

const parser = await testShellParser();
const folder = mkdtempSync(join(tmpdir(), "podbook-fidelity-"));
after(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** As latin1, in which every byte is a character. */
  readonly output: string;
}

/** What bash alone makes of a script, with both outputs in one pipe. */
function byBash(script: string): Ended {
  const file = join(folder, "block.sh");
  writeFileSync(file, script);
  // A session of its own, as the engine has it: what a script sends to its own group must not reach the tests.
  const line = 'setsid -w bash "$0" 2>&1 < /dev/null | cat > "$1"; exit "${PIPESTATUS[0]}"';
  const out = join(folder, "out");
  const run = spawnSync("bash", ["-c", line, file, out], { cwd: folder });
  return {
    exitCode: run.status,
    signal: run.signal,
    output: comparable(readFileSync(out, "latin1").replaceAll(file, "FILE")),
  };
}

async function byEngine(script: string): Promise<Ended & { readonly progress: CommandProgress[] }> {
  const analysis = analyseBlock(script, "bash", parser);
  const plan = planScript({ title: "", analysis: { ...analysis, script }, directory: folder, target: null });
  const chunks: Uint8Array[] = [];
  const progress: CommandProgress[] = [];
  const run = new Run({
    plan,
    kubeconfig: null,
    environment: process.env,
    onOutput: (bytes) => chunks.push(bytes),
    onCommand: (one) => progress.push(one),
    now: () => performance.now(),
  });
  const { exitCode, signal } = await run.ended;
  const output = Buffer.concat(chunks)
    .toString("latin1")
    .replaceAll(/\/\S*podbook-run-\w+\/block\.sh/g, "FILE");
  return { exitCode, signal, output: comparable(output), progress };
}

test("scripts print the same bytes and end the same through the engine as through bash", {
  timeout: 120_000,
}, async () => {
  let marked = 0;
  for (const script of fidelityScripts) {
    const expected = byBash(script);
    const { progress, ...actual } = await byEngine(script);
    // setsid tells the death of its child by a signal as bash would: 128 and the signal.
    const code = actual.signal === null ? actual.exitCode : 128 + signalNumber(actual.signal);
    assert.deepEqual({ ...actual, exitCode: code, signal: null }, { ...expected, signal: null }, script);
    if (progress.length > 2) marked++;
  }
  console.log(`  ${fidelityScripts.length} scripts, ${marked} of them with the status of each command`);
  assert.ok(fidelityScripts.length >= 200);
  assert.ok(marked > fidelityScripts.length / 2);
});

test("each command's status is told in order, between the outputs", async () => {
  const script = "echo a\nfalse\n(exit 7)\nfor i in 1 2; do\n  echo $i\ndone\necho b; echo c\nexit 3\n";
  const told = (await byEngine(script)).progress.map((one) => [
    one.type,
    one.index,
    ...(one.type === "end" ? [one.status] : []),
  ]);
  assert.deepEqual(told, [
    ["begin", 0],
    ["end", 0, 0],
    ["begin", 1],
    // Bash tells nothing of a subshell's beginning, nor of a second command in the same line.
    ["begin", 2],
    ["begin", 3],
    ["end", 3, 0],
    ["begin", 4],
    ["begin", 5],
    ["begin", 6],
    ["end", 6, 3],
  ]);
});

/** Bash names the process that a signal killed. */
function comparable(output: string): string {
  return output.replaceAll(/(line \d+: ) *\d+ /g, "$1PID ");
}

function signalNumber(name: string): number {
  const found = spawnSync("bash", ["-c", `kill -l ${name.replace("SIG", "")}`], { encoding: "utf8" });
  return Number(found.stdout);
}
