import assert from "node:assert/strict";
import { test } from "node:test";
import { CrossingWatch, usualBand } from "../../../src/metrics/crossings.ts";
import type { MetricUnit } from "../../../src/metrics/metricQuery.ts";
import { series } from "./sampleCharts.ts";

const quiet = (value: number, count = 20) => series({}, Array<number>(count).fill(value)).samples;

/** The words of all crossings of a series whose usual values these are. */
function crossings(usual: readonly number[], values: readonly number[], unit: MetricUnit = "number"): string[] {
  const band = usualBand(series({}, usual).samples) ?? assert.fail("no band");
  const watch = new CrossingWatch(band, unit);
  return series({}, values).samples.flatMap((sample) => watch.look(sample)?.words ?? []);
}

test("an availability that falls below 1 is told once, and when it is back", () => {
  const usual = Array<number>(20).fill(1);
  assert.deepEqual(crossings(usual, [1, 1, 0.5, 0.5, 0.2, 0.5, 1, 1, 1], "ratio"), [
    "falls to 50 % (usually 100 %)",
    "is back at 100 %",
  ]);
});

test("an error rate that leaves 0, and restarts that increase, are told", () => {
  const none = Array<number>(20).fill(0);
  assert.deepEqual(crossings(none, [0, 0.4, 2], "per-second"), ["rises to 0.4/s (usually 0/s)"]);
  assert.deepEqual(crossings(Array<number>(20).fill(3), [3, 4, 4, 5, 6]), ["rises to 4 (usually 3)"]);
});

test("what moves by itself leaves its band only well beyond it", () => {
  const latency = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 0.1 : 0.2));
  assert.deepEqual(crossings(latency, [0.2, 0.24, 0.24, 0.06, 0.06, 0.1], "seconds"), []);
  assert.deepEqual(crossings(latency, [0.3, 0.9, 0.15, 0.15], "seconds"), [
    "rises to 300 ms (usually 100 ms to 200 ms)",
    "is back at 150 ms",
  ]);
});

test("a single value elsewhere, and what is no number, is no crossing", () => {
  const usual = Array<number>(20).fill(1);
  assert.deepEqual(crossings(usual, [1, 0, 1, Number.NaN, Number.NaN, 1, 0, 1]), []);
});

test("the time is that of the first value elsewhere", () => {
  const watch = new CrossingWatch({ low: 1, high: 1 }, "number");
  const [one, two, three] = series({}, [1, 0, 0]).samples;
  assert.ok(one && two && three);
  assert.deepEqual([watch.look(one), watch.look(two)], [null, null]);
  assert.deepEqual(watch.look(three), { at: two.at, value: 0, words: "falls to 0 (usually 1)" });
});

test("the trouble of the last minutes is not taken for usual, and few samples for nothing", () => {
  assert.deepEqual(usualBand([...quiet(1, 230), ...quiet(0, 10)]), { low: 1, high: 1 });
  assert.equal(usualBand(quiet(1, 9)), null);
  assert.equal(usualBand(quiet(Number.NaN)), null);
});
