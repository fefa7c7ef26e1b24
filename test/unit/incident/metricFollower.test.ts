import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Happening } from "../../../src/incident/entry.ts";
import type { TimeSeries } from "../../../src/metrics/timeSeries.ts";
import { MetricFollower } from "../../../src/ui/incident/metricFollower.ts";
import { query, StandInSource } from "../metrics/standInSource.ts";

const began = Date.UTC(2026, 10, 25, 3);
const minute = 60_000;

/** A follower of two queries, with what it has written down; its clock is set by `at`, in minutes from the beginning. */
function followed(context: TestContext, source: StandInSource) {
  const noted: { words: string; minute: number }[] = [];
  const seen = new Set<string>();
  const clock = { now: began };
  let loads = 0;
  const words = (one: Happening) => (one.type === "metric" ? `${one.query}: ${one.words}` : JSON.stringify(one));
  const make = () => {
    const follower = new MetricFollower({
      load: async () => {
        loads++;
        return { source, queries: [query("up"), query("errors")] };
      },
      began: () => began,
      isKnown: (happening, at) => seen.has(`${at} ${words(happening)}`),
      note: (happening, at) => {
        seen.add(`${at} ${words(happening)}`);
        noted.push({ words: words(happening), minute: (at - began) / minute });
      },
      now: () => clock.now,
    });
    context.after(() => follower.dispose());
    return follower;
  };
  return { make, noted, loads: () => loads, at: (minutes: number) => (clock.now = began + minutes * minute) };
}

/** Available but for the minutes from -2 to 3. */
const outage = (expression: string, at: number) =>
  expression === "up" && at >= began - 2 * minute && at < began + 3 * minute ? 0 : Number(expression === "up");

test("what crossed before the incident was started is told too, and each crossing once", async (context) => {
  const source = new StandInSource(outage);
  const { make, noted, at, loads } = followed(context, source);
  const follower = make();
  at(1);
  await follower.look();
  assert.deepEqual(noted, [{ words: "up: falls to 0 (usually 1)", minute: -2 }]);
  for (const minutes of [2, 3, 4, 5]) {
    at(minutes);
    await follower.look();
  }
  assert.deepEqual(noted.slice(1), [{ words: "up: is back at 1", minute: 3 }]);
  assert.equal(loads(), 1);
  const asked = source.questions.filter(({ expression }) => expression === "up").map(({ range }) => range);
  assert.equal(asked[0]?.from, began - 60 * minute);
  assert.ok(
    asked.slice(1).every(({ from, to }) => to - from <= minute),
    "only what is new is asked for",
  );
});

test("trouble that is long there when the incident is started is not taken for usual", async (context) => {
  const since = (minutes: number) => (_: string, at: number) => (at < began + minutes * minute ? 1 : 0);
  const { make, noted, at } = followed(context, new StandInSource(since(-9)));
  at(1);
  await make().look();
  assert.deepEqual(noted[0], { words: "up: falls to 0 (usually 1)", minute: -9 });
});

test("an incident that an earlier window has begun goes on without telling anything twice", async (context) => {
  const { make, noted, at } = followed(context, new StandInSource(outage));
  at(5);
  await make().look();
  await make().look();
  assert.equal(noted.length, 2);
});

test("what cannot be asked is told once, and is asked again", async (context) => {
  const source = new StandInSource(outage);
  const { make, noted, at } = followed(context, source);
  const follower = make();
  source.failure = new Error("Prometheus cannot be reached.");
  for (const minutes of [1, 2, 3]) {
    at(minutes);
    await follower.look();
  }
  assert.equal(noted.length, 1);
  assert.match(
    noted[0]?.words ?? "",
    /"object":"metrics","reason":"not followed","message":"Prometheus cannot be reached\."/,
  );
  source.failure = undefined;
  at(5);
  await follower.look();
  assert.deepEqual(
    noted.slice(1).map(({ words }) => words),
    ["up: falls to 0 (usually 1)", "up: is back at 1"],
  );
});

test("it looks every 15 s, until it is disposed: what is asked then is broken off and told no more", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const source = new StandInSource(outage);
  const { make, noted, at } = followed(context, source);
  const follower = make();
  at(5);
  const gate = Promise.withResolvers<void>();
  source.gate = gate.promise;
  context.mock.timers.tick(15_000);
  await new Promise(setImmediate);
  assert.equal(source.questions.length, 2);
  follower.dispose();
  assert.ok(source.questions.every(({ signal }) => signal.aborted));
  gate.resolve();
  await new Promise(setImmediate);
  context.mock.timers.tick(60_000);
  await new Promise(setImmediate);
  assert.equal(source.questions.length, 2);
  assert.deepEqual(noted, []);
});

test("changed queries are had anew", async (context) => {
  const { make, loads } = followed(context, new StandInSource(outage));
  const follower = make();
  await follower.look();
  follower.reload();
  await follower.look();
  assert.equal(loads(), 2);
});

test("pods that take their series away and bring new ones are told of by their total", async (context) => {
  const ready = (pod: string, from: number, to: number, value: number): TimeSeries => ({
    labels: { pod },
    samples: Array.from({ length: (to - from) * 4 }, (_, index) => ({
      at: began + from * minute + index * 15_000,
      value,
    })),
  });
  const series = [ready("a-1", -60, 60, 1), ready("a-2", -60, 1, 1), ready("b-1", 1, 60, 0)];
  const source = new StandInSource(() => 0);
  source.over = async (_, { from, to }) =>
    series
      .map(({ labels, samples }) => ({ labels, samples: samples.filter(({ at }) => at >= from && at <= to) }))
      .filter(({ samples }) => samples.length > 0);
  const { make, noted, at } = followed(context, source);
  const follower = make();
  for (const minutes of [0, 1, 2, 3]) {
    at(minutes);
    await follower.look();
  }
  assert.deepEqual(noted, [
    { words: "up: in all falls to 1 (usually 2)", minute: 1 },
    { words: "errors: in all falls to 1 (usually 2)", minute: 1 },
  ]);
});
