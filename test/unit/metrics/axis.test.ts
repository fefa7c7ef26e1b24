import assert from "node:assert/strict";
import { test } from "node:test";
import { axisWords } from "../../../src/metrics/axisWords.ts";
import type { MetricUnit } from "../../../src/metrics/metricQuery.ts";
import { timeTicks } from "../../../src/metrics/timeTicks.ts";
import { valueTicks } from "../../../src/metrics/valueTicks.ts";

const clock = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);

test("values are written with the unit in which they are short", () => {
  const written: [number, MetricUnit, string][] = [
    [0, "number", "0"],
    [2, "number", "2"],
    [9999, "number", "9999"],
    [12_345, "number", "12.3 k"],
    [-2_500_000, "number", "-2.5 M"],
    [3.2, "per-second", "3.2/s"],
    [43_210, "per-second", "43.2 k/s"],
    [0.995, "ratio", "99.5 %"],
    [0, "seconds", "0 s"],
    [0.000_25, "seconds", "250 µs"],
    [0.24, "seconds", "240 ms"],
    [1.5, "seconds", "1.5 s"],
    [600, "seconds", "10 min"],
    [10_800, "seconds", "3 h"],
    [259_200, "seconds", "3 d"],
    [512, "bytes", "512 B"],
    [1_572_864, "bytes", "1.5 MiB"],
    [Number.NaN, "number", "no number"],
    [Number.POSITIVE_INFINITY, "seconds", "infinite"],
    [Number.NEGATIVE_INFINITY, "seconds", "minus infinite"],
  ];
  for (const [value, unit, words] of written) assert.equal(axisWords(value, unit), words);
});

test("the marks of an axis are round, around all values, and written differently", () => {
  const ranges: [number, number, MetricUnit][] = [
    [0, 1, "number"],
    [1, 1, "number"],
    [0, 0, "ratio"],
    [-3, -3, "number"],
    [-5, 12, "number"],
    [0.21, 0.24, "seconds"],
    [0, 7200, "seconds"],
    [100_000, 100_004, "number"],
    [1e9, 3e9, "bytes"],
    [0.1, 0.3, "number"],
    [1e-9, 2e-9, "per-second"],
    [0, 1e300, "number"],
    [1, 1 + Number.EPSILON, "number"],
  ];
  for (const [least, most, unit] of ranges) {
    const { ticks, step } = valueTicks(least, most, unit, 5);
    const name = `${least} to ${most}: ${ticks}`;
    assert.ok((ticks[0] ?? 1) <= least && (ticks.at(-1) ?? 0) >= most, name);
    assert.ok(ticks.length >= 2 && ticks.length <= 12, name);
    if (most - least > 1e-12)
      assert.equal(new Set(ticks.map((tick) => axisWords(tick, unit, step))).size, ticks.length, name);
  }
  assert.deepEqual(valueTicks(0.1, 0.3, "number", 5).ticks, [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(valueTicks(0, 3 * 2 ** 20, "bytes", 3).ticks, [0, 2 ** 20, 2 * 2 ** 20, 3 * 2 ** 20]);
});

test("the marks of the time are on round times and say the date where it is needed", () => {
  const words = (from: string, to: string, most = 6) =>
    timeTicks(at(from), at(to), most, clock).map((tick) => tick.words);
  assert.deepEqual(words("03:01:00", "03:16:00"), ["03:05", "03:10", "03:15"]);
  assert.deepEqual(words("03:00:00", "03:00:50"), [
    "03:00:00",
    "03:00:10",
    "03:00:20",
    "03:00:30",
    "03:00:40",
    "03:00:50",
  ]);
  const days = timeTicks(at("00:00:00"), at("00:00:00") + 3 * 86_400_000, 4, clock);
  assert.deepEqual(
    days.map((tick) => tick.words),
    ["11-25", "11-26", "11-27", "11-28"],
  );
  const night = timeTicks(at("20:00:00"), at("20:00:00") + 26 * 3_600_000, 4, clock);
  assert.equal(night[0]?.words, "11-26 00:00");
  assert.equal(timeTicks(0, 1e14, 6, clock).length, 6);
});
