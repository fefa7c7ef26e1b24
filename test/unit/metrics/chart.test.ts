import assert from "node:assert/strict";
import { test } from "node:test";
import { chartOf, mostPoints, mostSeries } from "../../../src/metrics/chart.ts";
import { chartRange, pauseOf } from "../../../src/metrics/chartRange.ts";
import { chartWords, endWords, seriesWords } from "../../../src/metrics/chartWords.ts";
import { seriesCsv } from "../../../src/metrics/seriesCsv.ts";
import { seriesNames } from "../../../src/metrics/seriesNames.ts";
import { hostileTexts } from "../hostileTexts.ts";
import { began, chart, chartOfText, series, step } from "./sampleCharts.ts";

const iso = (at: number) => new Date(at).toISOString();

test("the values stand at their times, and a gap stays one", () => {
  const { times, series: lines } = chartOf(
    { label: "up", unit: "number" },
    [
      {
        labels: {},
        samples: [
          { at: began, value: 1 },
          { at: began + 2 * step + 400, value: 0 },
          { at: began + 3 * step, value: Number.NaN },
        ],
      },
    ],
    { from: began, to: began + 4 * step, step },
    [],
  );
  assert.deepEqual(
    times.map((time) => (time - began) / step),
    [0, 1, 2, 3, 4],
  );
  assert.deepEqual(lines, [{ name: "up", values: [1, null, 0, null, null] }]);
});

test("of many series those are shown that move most, and it is said how many are not", () => {
  const answer = Array.from({ length: 50 }, (_, index) => series({ pod: `pod-${index}` }, [5, 5 + index]));
  const shown = chart("restarts", answer);
  assert.equal(shown.series.length, mostSeries);
  assert.equal(shown.left, 30);
  assert.equal(shown.series[0]?.name, "pod=pod-49");
  const long = chartOf({ label: "x", unit: "number" }, [], { from: 0, to: 1e10, step: 1 }, []);
  assert.ok(long.times.length <= mostPoints);
});

test("marks outside of the time are left out", () => {
  const mark = (at: number) => ({ at, kind: "run", words: "Restart" }) as const;
  const { marks } = chart("x", [], "number", [mark(began - 1), mark(began + 1), mark(began + 41 * step)]);
  assert.deepEqual(
    marks.map(({ at }) => at - began),
    [1],
  );
});

test("series are named by as few labels as tell them apart", () => {
  const labels = (...all: Record<string, string>[]) =>
    seriesNames(
      all.map((one) => ({ labels: one })),
      "up",
    );
  assert.deepEqual(labels({ job: "a", pod: "x" }), ["up"]);
  assert.deepEqual(labels({ job: "a", pod: "x" }, { job: "a", pod: "y" }), ["pod=x", "pod=y"]);
  assert.deepEqual(labels({ job: "a" }, { job: "a" }), ["up", "up (2)"]);
  assert.deepEqual(labels({ job: "a" }, {}), ["job=a", "up"]);
  const uids = [
    { pod: "x", uid: "1", code: "200" },
    { pod: "y", uid: "2", code: "200" },
    { pod: "y", uid: "2", code: "500" },
  ];
  assert.deepEqual(labels(...uids), ["pod=x, code=200", "pod=y, code=200", "pod=y, code=500"]);
  const names = labels(...Array.from({ length: 2 }, (_, index) => ({ x: `${index}`.repeat(10_000_000) })));
  assert.ok(names.every((name) => name.length < 130));
});

test("a chart in words tells where its series began, went and ended", () => {
  const pods = [series({ pod: "a" }, [2, 0, 2]), series({ pod: "b" }, [1, 1])];
  assert.equal(chartWords(chart("Ready", pods)), "Ready: pod=a from 0 to 2, last 2; pod=b from 1 to 1, last 1");
  assert.equal(chartWords(chart("Ready", [series({}, [0.5])], "ratio")), "Ready: from 50 % to 50 %, last 50 %");
  assert.equal(chartWords(chart("Ready", [])), "Ready: no value in this time");
  const many = Array.from({ length: 25 }, (_, index) => series({ pod: `${index}` }, [index]));
  assert.match(chartWords(chart("Ready", many)), /; 22 more series$/);
  assert.deepEqual(seriesWords(chart("Ready", [series({}, [Number.NaN])]))[0], {
    name: "Ready",
    least: "no value",
    greatest: "no value",
    last: "no value",
  });
});

test("how a chart ends tells of what is there now", () => {
  const until = (end: number, value: number) =>
    Array.from({ length: 41 }, (_, index) => (index <= end ? value : Number.NaN));
  const words = (...all: readonly number[][]) =>
    endWords(
      chart(
        "x",
        all.map((values, index) => series({ pod: `${index}` }, values)),
      ),
    );
  assert.equal(words(), "");
  assert.equal(words(until(40, 2)), "2");
  assert.equal(words(until(38, 2)), "2");
  assert.equal(words(until(30, 2)), "no value now");
  assert.equal(words(until(40, 0), until(40, 2), until(30, 9)), "2 of 3 series: 0 to 2");
  assert.equal(words(until(40, 1), until(40, 1)), "2 series: 1");
});

test("a CSV has a column for each series, quoted by RFC 4180, and no formula", () => {
  const { times, ...rest } = chart("x", [series({ pod: 'a "b", c' }, [1, 2.5]), series({ pod: "d" }, [0.1])]);
  const [head, first, second] = seriesCsv({ times: times.slice(0, 2), ...rest }, iso).split("\r\n");
  assert.equal(head, 'time,"pod=a ""b"", c",pod=d');
  assert.equal(first, "2026-11-25T03:00:00.000Z,1,0.1");
  assert.equal(second, "2026-11-25T03:00:15.000Z,2.5,");
  for (const text of [...hostileTexts, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0"]) {
    const csv = seriesCsv({ times: [began], series: [{ name: text.slice(0, 1000), values: [1] }] }, iso);
    const cell = /^time,("(?:[^"]|"")*"|[^",\r\n]*)\r\n2026-11-25T03:00:00\.000Z,1\r\n$/.exec(csv)?.[1];
    assert.ok(cell !== undefined, `one row: ${JSON.stringify(csv.slice(0, 200))}`);
    assert.doesNotMatch(cell, /^"?\s*[=+\-@]/);
  }
});

test("the time that is asked for follows the choice, on whole steps", () => {
  const now = began + 3_600_000 + 1234;
  const last = chartRange({ kind: "last", minutes: 60 }, now, null);
  assert.deepEqual({ step: last.step, to: last.to, whole: last.from % last.step }, { step: 15_000, to: now, whole: 0 });
  assert.ok(last.from <= now - 3_600_000 && last.from > now - 3_616_000);
  const incident = chartRange({ kind: "incident" }, now, began);
  assert.ok(began - incident.from >= 300_000 && began - incident.from < 300_000 + incident.step);
  assert.ok(now - chartRange({ kind: "incident" }, now, null).from < 910_000);
  assert.equal(chartRange({ kind: "between", from: began, to: began + 1000 }, now, null).step, 5000);
  for (const minutes of [1, 15, 60, 360, 10_000]) {
    const pause = pauseOf(chartRange({ kind: "last", minutes }, now, null));
    assert.ok(pause >= 5000 && pause <= 15_000, `${minutes}: ${pause}`);
  }
});

test("nothing hides in the texts of a chart, and they are short, whatever the labels are", () => {
  for (const text of hostileTexts) {
    const { label, series: lines, marks } = chartOfText(text);
    for (const shown of [label, ...lines.map(({ name }) => name)]) {
      assert.ok(shown.length < 300, `${shown.length}`);
      assert.doesNotMatch(shown, /[\r\n\p{Cc}\p{Cf}\p{Cs}]/u);
    }
    assert.equal(marks.length, 1);
  }
});
