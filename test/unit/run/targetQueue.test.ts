import assert from "node:assert/strict";
import { test } from "node:test";
import { TargetQueue } from "../../../src/run/targetQueue.ts";

const never = new AbortController().signal;

/** Enters and writes down when it has entered and how many were before it. */
function enter(queue: TargetQueue, name: string, targets: string[], seen: string[], signal = never) {
  return queue
    .enter(targets, signal, (ahead) => seen.push(`${name} waits for ${ahead}`))
    .then((leave) => {
      seen.push(`${name} enters`);
      return () => {
        seen.push(`${name} leaves`);
        leave();
      };
    });
}

test("runs on one target go one after the other, in their order; those on others do not wait", async () => {
  const queue = new TargetQueue();
  const seen: string[] = [];
  const first = await enter(queue, "first", ["a/x"], seen);
  const second = enter(queue, "second", ["a/x"], seen);
  const third = enter(queue, "third", ["a/x"], seen);
  const other = await enter(queue, "other", ["a/y"], seen);
  const none = await enter(queue, "none", [], seen);
  first();
  (await second)();
  (await third)();
  other();
  none();
  assert.deepEqual(seen, [
    "first enters",
    "second waits for 1",
    "third waits for 2",
    "other enters",
    "none enters",
    "first leaves",
    "second enters",
    "second leaves",
    "third enters",
    "third leaves",
    "other leaves",
    "none leaves",
  ]);
});

test("a run on two targets waits for both, and holds up both", async () => {
  const queue = new TargetQueue();
  const seen: string[] = [];
  const one = await enter(queue, "one", ["a/x"], seen);
  const two = await enter(queue, "two", ["a/y"], seen);
  const both = enter(queue, "both", ["a/x", "a/y"], seen);
  const later = enter(queue, "later", ["a/y"], seen);
  two();
  one();
  (await both)();
  (await later)();
  assert.deepEqual(seen.slice(-5), ["one leaves", "both enters", "both leaves", "later enters", "later leaves"]);
});

test("who gives up waiting leaves its place to the next", async () => {
  const queue = new TargetQueue();
  const seen: string[] = [];
  const first = await enter(queue, "first", ["a/x"], seen);
  const aborting = new AbortController();
  const second = enter(queue, "second", ["a/x"], seen, aborting.signal);
  const third = enter(queue, "third", ["a/x"], seen);
  aborting.abort();
  await assert.rejects(second, { name: "AbortError" });
  first();
  (await third)();
  assert.deepEqual(seen.slice(-2), ["third enters", "third leaves"]);
});
