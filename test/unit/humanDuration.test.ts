import assert from "node:assert/strict";
import { test } from "node:test";
import { humanDuration } from "../../src/cluster/humanDuration.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The cases of apimachinery's own test for HumanDuration.
const cases: [number, string][] = [
  [-2 * second, "<invalid>"],
  [-2 * second + 1, "0s"],
  [0, "0s"],
  [second - 1, "0s"],
  [2 * minute - 1, "119s"],
  [2 * minute, "2m"],
  [2 * minute + second, "2m1s"],
  [10 * minute - 1, "9m59s"],
  [10 * minute, "10m"],
  [10 * minute + second, "10m"],
  [3 * hour - 1, "179m"],
  [3 * hour, "3h"],
  [3 * hour + minute, "3h1m"],
  [8 * hour - 1, "7h59m"],
  [8 * hour, "8h"],
  [8 * hour + 59 * minute, "8h"],
  [2 * day - 1, "47h"],
  [2 * day, "2d"],
  [2 * day + hour, "2d1h"],
  [8 * day - 1, "7d23h"],
  [8 * day, "8d"],
  [8 * day + 23 * hour, "8d"],
  [2 * 365 * day - 1, "729d"],
  [2 * 365 * day, "2y"],
  [2 * 365 * day + 23 * hour, "2y"],
  [2 * 365 * day + 24 * hour, "2y1d"],
  [8 * 365 * day - 1, "7y364d"],
  [8 * 365 * day, "8y"],
  [8 * 365 * day + 364 * day, "8y"],
  [9 * 365 * day, "9y"],
];

test("durations are written as kubectl writes them", () => {
  for (const [ms, text] of cases) assert.equal(humanDuration(ms), text, `${ms} ms`);
});
