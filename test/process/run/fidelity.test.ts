import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { planScript } from "../../../src/plan/planScript.ts";
import type { CommandProgress } from "../../../src/run/commandProgress.ts";
import { Run } from "../../../src/run/run.ts";
import { emptySession, type ShellSession } from "../../../src/run/session.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { share } from "../../soak.ts";
import { testShellParser } from "../../unit/shellParser.ts";
import { fidelityScripts } from "./fidelityScripts.ts";

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
async function byBash(script: string, folder: string): Promise<Ended> {
  const file = join(folder, "block.sh");
  writeFileSync(file, script);
  // A session of its own, as the engine has it: what a script sends to its own group must not reach the tests.
  const line = 'setsid -w bash "$0" 2>&1 < /dev/null | cat > "$1"; exit "${PIPESTATUS[0]}"';
  const out = join(folder, "out");
  const bash = spawn("bash", ["-c", line, file, out], { cwd: folder, stdio: "ignore" });
  const [exitCode, signal] = (await once(bash, "exit")) as [number | null, string | null];
  return { exitCode, signal, output: comparable(readFileSync(out, "latin1").replaceAll(file, "FILE")) };
}

async function byEngine(
  script: string,
  directory: string,
  session?: ShellSession,
): Promise<Ended & { readonly progress: CommandProgress[]; readonly session: ShellSession | undefined }> {
  const analysis = analyseBlock(script, "bash", parser);
  const plan = planScript({ title: "", analysis: { ...analysis, script }, directory, target: null });
  const chunks: Uint8Array[] = [];
  const progress: CommandProgress[] = [];
  const run = new Run({
    plan,
    kubeconfig: null,
    environment: process.env,
    onOutput: ({ bytes }) => {
      chunks.push(bytes);
    },
    onCommand: (one) => {
      progress.push(one);
    },
    now: () => performance.now(),
    ...(session ? { session } : {}),
  });
  const ended = await run.ended;
  const output = Buffer.concat(chunks)
    .toString("latin1")
    .replaceAll(/\/\S*podbook-run-\w+\/block\.sh/g, "FILE");
  const { exitCode, signal } = ended;
  return { exitCode, signal, output: comparable(output), progress, session: ended.session };
}

/** How many scripts run at once: most of them wait for processes. */
const together = 6;

test("scripts print the same bytes and end the same through the engine as through bash", {
  timeout: 240_000,
}, async () => {
  let marked = 0;
  let carried = 0;
  const chosen = share(fidelityScripts, 4);
  const scripts = chosen.values();
  const compareAll = async () => {
    for (const script of scripts) {
      const own = mkdtempSync(join(folder, "script-"));
      const expected = await byBash(script, own);
      const plain = await byEngine(script, own);
      assertSame(plain, expected, script);
      // What keeps the session when the shell ends must be as little noticed.
      const kept = await byEngine(script, own, emptySession);
      assertSame(kept, expected, script);
      if (plain.progress.length > 2) marked++;
      if (kept.session) carried++;
    }
  };
  await Promise.all(Array.from({ length: together }, compareAll));
  console.log(
    `  ${chosen.length} of ${fidelityScripts.length} scripts, ${marked} with each command's status, ${carried} with their session`,
  );
  assert.ok(fidelityScripts.length >= 200);
  assert.ok(marked > chosen.length / 2);
  assert.ok(carried > chosen.length / 2);
});

function assertSame(actual: Ended, expected: Ended, script: string): void {
  // setsid tells the death of its child by a signal as bash would: 128 and the signal.
  const code = actual.signal === null ? actual.exitCode : 128 + signalNumber(actual.signal);
  assert.deepEqual([code, actual.output], [expected.exitCode, expected.output], script);
}

test("each command's status is told in order, between the outputs", async () => {
  const script = "echo a\nfalse\n(exit 7)\nfor i in 1 2; do\n  echo $i\ndone\necho b; echo c\nexit 3\n";
  const told = (await byEngine(script, folder)).progress.map((one) => [
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
  return constants.signals[name as NodeJS.Signals];
}
