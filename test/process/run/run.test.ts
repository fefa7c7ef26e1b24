import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Run } from "../../../src/run/run.ts";
import { Runs } from "../../../src/run/runs.ts";
import { stoppedAt } from "../../../src/run/stopReport.ts";
import { patientStop } from "../../../src/run/stopTimes.ts";
import { commandOf, optionsFor, planOf, quickStop } from "../../unit/run/runs.ts";

function begin(
  script: string,
  { directory = "/", kubeconfig = null }: { directory?: string; kubeconfig?: string | null } = {},
) {
  const { options, output } = optionsFor(planOf(script, { directory }), { kubeconfig });
  return { run: new Run(options), output };
}

/** The output once it contains what is waited for; bounded, so that a test can fail. */
async function outputWith(output: () => string, wanted: RegExp): Promise<RegExpExecArray> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = wanted.exec(output());
    if (found) return found;
    assert.ok(performance.now() < deadline, `never in the output: ${wanted}\n${output()}`);
    await delay(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/^\d+ \(.*\) Z/.test(procStat(pid));
  } catch {
    return false;
  }
}

function procStat(pid: number): string {
  return process.platform === "linux" ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
}

test("output keeps the order of stdout and stderr, and the exit code is the script's", async () => {
  const { run, output } = begin("echo one; echo two >&2; echo three; exit 7\n");
  const result = await run.ended;
  assert.equal(output(), "one\ntwo\nthree\n");
  assert.deepEqual([result.outcome, result.exitCode], ["exited", 7]);
});

test("standard input is empty: what reads it does not hang", async () => {
  const { run, output } = begin('read -r line; echo "read gave $?"; cat; echo end\n');
  const result = await run.ended;
  assert.equal(output(), "read gave 1\nend\n");
  assert.equal(result.exitCode, 0);
});

test("it runs in the plan's directory, without the editor's own variables", async () => {
  const { run, output } = begin('pwd; echo "[$ELECTRON_RUN_AS_NODE][$VSCODE_PID]"\n', { directory: "/usr" });
  await run.ended;
  assert.equal(output(), "/usr\n[][]\n");
});

test("the kubeconfig is private while the run lasts, and gone with the script afterwards", async () => {
  const { run, output } = begin(
    'echo "$KUBECONFIG"; read -r line < "$KUBECONFIG"; echo "$line"; sleep 0.5; echo "$0"\n',
    {
      kubeconfig: "secret\n",
    },
  );
  const [, file = ""] = await outputWith(output, /^(.+)\nsecret\n/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
  await run.ended;
  assert.equal(existsSync(dirname(file)), false);
});

test("output comes while the run lasts", async () => {
  const { run, output } = begin("echo first; sleep 30; echo second\n");
  await outputWith(output, /^first\n$/);
  await run.stop(quickStop);
  assert.equal((await run.ended).outcome, "stopped");
  assert.equal(output(), "first\n");
});

test("a stop ends the script and its background children within 2 s", async () => {
  const { run, output } = begin('sleep 1000 & echo "child $!"; wait\n');
  const [, child = ""] = await outputWith(output, /child (\d+)\n/);
  const before = performance.now();
  await run.stop(patientStop);
  const result = await run.ended;
  assert.ok(performance.now() - before < 2000);
  assert.equal(result.outcome, "stopped");
  assert.equal(isAlive(Number(child)), false);
});

test("what ignores INT and TERM is killed, with all it started", async () => {
  const { run, output } = begin(
    "trap '' INT TERM; for i in 1 2 3; do (sleep 1000; sleep 1000) & echo \"child $!\"; done; echo up; while :; do sleep 1000; done\n",
  );
  await outputWith(output, /up\n/);
  const children = [...output().matchAll(/child (\d+)/g)].map(([, pid]) => Number(pid));
  assert.equal(children.length, 3);
  await run.stop(quickStop);
  assert.equal((await run.ended).outcome, "stopped");
  assert.deepEqual(children.filter(isAlive), []);
  assert.equal(run.isAlive(), false);
});

test("a script that is killed by a signal says by which", async () => {
  const result = await begin("kill -USR1 $$\n").run.ended;
  assert.deepEqual([result.outcome, result.signal], ["killed", "SIGUSR1"]);
});

test("a directory that does not exist is told, and nothing is left behind", async () => {
  const result = await begin("echo hi\n", { directory: "/does/not/exist" }).run.ended;
  assert.equal(result.outcome, "not-started");
  assert.match(result.problem ?? "", /\/does\/not\/exist/);
});

test("a background process with its output elsewhere is said to be left, and Stop All ends it", async () => {
  const runs = new Runs();
  const { options, output } = optionsFor(planOf('sleep 1000 > /dev/null 2>&1 & echo "child $!"\n'));
  const run = runs.start(options);
  const result = await run.ended;
  assert.deepEqual([result.exitCode, result.leftRunning], [0, true]);
  const child = Number(/child (\d+)/.exec(output())?.[1]);
  assert.equal(isAlive(child), true);
  assert.equal((await runs.stopAll(quickStop)).length, 1);
  assert.equal(isAlive(child), false);
  assert.deepEqual(await runs.stopAll(quickStop), []);
});

test("runs work side by side", async () => {
  const runs = [1, 2, 3, 4].map((number) => begin(`echo ${number}; sleep 0.2; echo ${number}\n`));
  await Promise.all(runs.map(({ run }) => run.ended));
  assert.deepEqual(
    runs.map(({ output }) => output()),
    ["1\n1\n", "2\n2\n", "3\n3\n", "4\n4\n"],
  );
});

test("a run that takes longer than its plan allows is ended, with all it started", async () => {
  const plan = planOf("echo on; sleep 1000 & wait\n", { timeoutMs: 300 });
  const { options, output } = optionsFor(plan, { timeoutStop: quickStop });
  const run = new Run(options);
  const result = await run.ended;
  assert.equal(result.outcome, "timed-out");
  assert.equal(output(), "on\n");
  assert.equal(run.isAlive(), false);
  assert.ok(result.durationMs >= 300, `${result.durationMs}`);
});

test("with a pipe of its own, standard error stays apart", async () => {
  const streams: Record<string, string> = { output: "", errors: "" };
  const { options } = optionsFor(planOf("echo out; echo err >&2; echo again > /dev/stderr\n"), {
    separateErrors: true,
    onOutput: ({ stream, bytes }) => {
      streams[stream] += bytes.toString();
    },
  });
  await new Run(options).ended;
  assert.deepEqual(streams, { output: "out\n", errors: "err\nagain\n" });
});

test("a stopped run tells what had finished, what was cut and what never started", async () => {
  const commands = ["echo one", "sleep 1000", "echo three"].map(commandOf);
  const { options, output } = optionsFor(planOf("echo one\nsleep 1000\necho three\n", { commands }));
  const begun = Promise.withResolvers<void>();
  const run = new Run({
    ...options,
    onCommand: ({ type, index }) => (type === "begin" && index === 1 ? begun.resolve() : undefined),
  });
  await begun.promise;
  await run.stop(quickStop);
  const result = await run.ended;
  assert.equal(output(), "one\n");
  assert.deepEqual(result.commands, ["finished", "cut", "never-started"]);
  assert.equal(
    stoppedAt(result, run.plan),
    "1 of 3 commands had finished · cut: sleep 1000 · never started: echo three",
  );
});

test("the next output waits until the last has been taken, and a source that is too fast is held up", async () => {
  const megabytes = 8;
  const plan = planOf(`head -c ${megabytes * 1024 * 1024} /dev/zero\n`);
  let taken = 0;
  let under = 0;
  const { options } = optionsFor(plan, {
    onOutput: async ({ bytes }) => {
      assert.equal(++under, 1, "one call at a time");
      assert.ok(bytes.length <= 2 * 1024 * 1024, `${bytes.length} bytes waited at once`);
      await delay(2);
      under--;
      taken += bytes.length;
    },
  });
  await new Run(options).ended;
  assert.equal(taken, megabytes * 1024 * 1024);
});

test("a stop that is under way can be hastened", async () => {
  const { run, output } = begin("trap '' INT TERM\necho ready\nwhile :; do sleep 1; done\n");
  await outputWith(output, /ready/);
  const slow = run.stop({ termAfterMs: 60_000, killAfterMs: 120_000 });
  const startedAt = performance.now();
  await Promise.all([slow, run.stop(quickStop)]);
  assert.ok(performance.now() - startedAt < 10_000);
  const { outcome } = await run.ended;
  assert.deepEqual([outcome, run.isAlive()], ["stopped", false]);
});
