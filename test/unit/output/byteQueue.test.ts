import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteQueue } from "../../../src/ui/output/byteQueue.ts";
import { randomNumbers } from "../shell/random.ts";

test("whatever is pushed and dropped, the queue holds the last bytes in their order", () => {
  const random = randomNumbers(7);
  const most = 5_000;
  const queue = new ByteQueue(most);
  let all = Buffer.alloc(0);
  let start = 0;
  for (let step = 0; step < 100; step++) {
    const length = Math.floor(random(10_000) * (random(4) === 0 ? 0.8 : 0.02));
    const bytes = Buffer.from(Array.from({ length }, () => random(256)));
    queue.push(bytes);
    all = Buffer.concat([all, bytes]);
    start = Math.max(start, all.length - most);
    assert.equal(queue.end, all.length);
    assert.ok(queue.start >= start, "no more is kept than allowed");
    assert.ok(all.length - queue.start <= most);
    start = queue.start;
    const count = random(most);
    assert.deepEqual(queue.peek(count), all.subarray(start, start + count), `step ${step}`);
    if (random(2) === 0) queue.dropBefore(start + count);
    start = queue.start;
  }
});

test("nothing is dropped while it fits", () => {
  const queue = new ByteQueue(1_000_000);
  for (let index = 0; index < 1000; index++) queue.push(Buffer.from(`${index}\n`));
  assert.equal(queue.start, 0);
  assert.equal(queue.peek(1_000_000).toString(), Array.from({ length: 1000 }, (_, index) => `${index}\n`).join(""));
});
