import assert from "node:assert/strict";
import { test } from "node:test";
import { Run } from "../../../src/run/run.ts";
import { oncePerCommand } from "../../../src/run/steps.ts";
import { optionsFor, planOf, quickStop } from "../../unit/run/runs.ts";

test("step by step each command waits for its answer, and a skipped one does not run", async () => {
  const { options, output } = optionsFor(
    planOf("echo one\nfor i in 1 2; do\n  echo loop $i\ndone\nf() { echo in; }\nf\n(echo sub)\necho end $?\n"),
  );
  const lines = [0, 1, 4, 5, 6, 7].map((line) => ({ line, endLine: line === 1 ? 3 : line }));
  const asked: number[] = [];
  const onStep = oncePerCommand(lines, async (index) => {
    asked.push(index);
    return index === 1 ? "skip" : "run";
  });
  const result = await new Run({ ...options, onStep }).ended;
  assert.equal(output(), "one\nin\nsub\nend 0\n");
  assert.deepEqual(asked, [0, 1, 3, 5]);
  assert.deepEqual([result.outcome, result.exitCode], ["exited", 0]);
});

test("step by step leaves no trace for the programs that the script starts", async () => {
  const { options, output } = optionsFor(planOf('bash -c \'echo "[$BASH_ENV]"; exit 3\'\necho "$?"\n'));
  await new Run({ ...options, onStep: async () => "run" }).ended;
  assert.equal(output(), "[]\n3\n");
});

test("a stop while a step waits ends the run", async () => {
  const { options } = optionsFor(planOf("echo one\necho two\n"));
  const waiting = Promise.withResolvers<void>();
  const run = new Run({
    ...options,
    onStep: ({ line }) => {
      if (line === 0) return Promise.resolve("run");
      waiting.resolve();
      return new Promise(() => {});
    },
  });
  await waiting.promise;
  await run.stop(quickStop);
  assert.equal((await run.ended).outcome, "stopped");
});
