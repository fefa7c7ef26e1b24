import assert from "node:assert/strict";
import { test } from "node:test";
import { processorClock } from "../../src/run/processorClock.ts";
import { analyseBlock } from "../../src/shell/analyseBlock.ts";
import { testShellParser } from "./shellParser.ts";

/** Leaves the processor to others. */
const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test("the processor's clock goes on with work, and stands still while this process waits", () => {
  const start = processorClock();
  pause(500);
  const waited = processorClock() - start;
  assert.ok(waited < 100, `${waited} ms of 500`);
  for (let sum = 0; processorClock() - start - waited < 50; sum++) Math.sqrt(sum);
});

test("a block is read as it is when others had the processor meanwhile", async () => {
  let times = 0;
  const parser = await testShellParser(() => {
    // As when this process is put to sleep in the middle of a block.
    if (times++ === 1) pause(400);
    return processorClock();
  });
  const { commands } = analyseBlock("bash -c 'kubectl get pods'\nkubectl delete pod x\n", "bash", parser);
  assert.deepEqual(
    commands.map(({ effect }) => effect),
    ["read", "destroy"],
  );
  assert.ok(times > 1);
});
