import type { Claim } from "./measure.ts";
import { measureEdits, measureReading } from "./runbookBench.ts";

/** Reading a runbook against markdown-it's bare parse of it, and following an edit of a long one. */
export async function runbookClaims(): Promise<Claim[]> {
  const readings = [
    [500, 60],
    [10_000, 12],
  ].map(([lines = 0, rounds = 0]) => measureReading(lines, rounds));
  const edits = measureEdits(10_000, 400);
  return [
    ...readings.map(({ lines, ratio }) => ({
      name: `reading a runbook of ${lines} lines`,
      unit: "× markdown-it",
      value: ratio.median,
      least: ratio.least,
      most: ratio.most,
      bound: 1.5,
    })),
    {
      name: "blocks after an edit in 10,000 lines, 95th percentile",
      unit: "ms",
      value: edits.p95,
      least: edits.least,
      most: edits.most,
      bound: 16,
    },
  ];
}
