import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Run } from "../../../src/run/run.ts";
import { patientStop } from "../../../src/run/stopTimes.ts";
import { until } from "../../run/until.ts";
import { optionsFor, planOf } from "../../unit/run/runs.ts";

const skip = process.platform === "linux" ? false : "needs /proc";

/** 54 programs that ignore INT and TERM below 37 shells that do, with the mark in their environment. */
function stubborn(mark: string): string {
  return `export PODBOOK_TEST=${mark}
trap '' INT TERM
for a in {1..9}; do (
  for b in {1..3}; do (sleep 1000 & sleep 1000) & done; wait
) & done
echo "up"; wait
`;
}

/** The processes that have the mark in their environment, read from /proc. */
function marked(mark: string): number[] {
  const wanted = `PODBOOK_TEST=${mark}\0`;
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/environ`, "latin1").includes(wanted) ? [Number(name)] : [];
    } catch {
      // It has ended while /proc was read, or is not ours to read.
      return [];
    }
  });
}

test("50 processes that ignore INT and TERM are gone 6 s after Stop", { skip }, async () => {
  const mark = `stop-${process.pid}`;
  const { options } = optionsFor(planOf(stubborn(mark)));
  const run = new Run(options);
  let begin = 0;
  try {
    await until(() => marked(mark).length >= 50, "50 processes", 10_000);
  } finally {
    begin = performance.now();
    await run.stop(patientStop);
  }
  assert.deepEqual(marked(mark), []);
  assert.ok(performance.now() - begin < 6000);
  assert.equal((await run.ended).outcome, "stopped");
});

test("none is left when the process that owns the run is killed, nor is the run's folder", { skip }, async () => {
  const mark = `kill-${process.pid}`;
  const host = spawn(process.execPath, [join(import.meta.dirname, "killedHost.ts"), stubborn(mark)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let shown = "";
  host.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  let folder = "";
  try {
    await until(() => marked(mark).length >= 50, "50 processes", 10_000);
    folder = /^folder (.+)$/m.exec(shown)?.[1] ?? "";
    assert.ok(existsSync(folder), folder);
  } finally {
    host.kill("SIGKILL");
  }
  await until(() => marked(mark).length === 0, "all ended", 6000);
  await until(() => !existsSync(folder), "the folder is gone", 1000);
});
