import { resolve } from "node:path";
import { loadShellParser } from "../../src/run/loadShellParser.ts";
import type { Claim } from "./measure.ts";
import { measureEdits, measureReading } from "./runbookBench.ts";

/** Lenses of a new runbook against markdown-it's bare parse of it, and of a long one after an edit. */
export async function runbookClaims(): Promise<Claim[]> {
  const readings = [
    [500, 300],
    [10_000, 25],
  ].map(([lines = 0, rounds = 0]) => measureReading(lines, rounds));
  const parser = await loadShellParser(resolve(import.meta.dirname, "../../dist"));
  const edits = await measureEdits(10_000, 400, parser);
  return [
    ...readings.map(({ lines, ratio }) => ({
      name: `reading a runbook of ${lines} lines and making its first lenses`,
      unit: "× markdown-it",
      value: ratio.median,
      least: ratio.least,
      most: ratio.most,
      bound: 1.5,
    })),
    {
      name: "lenses after an edit in 10,000 lines, 95th percentile",
      unit: "ms",
      value: edits.p95,
      least: edits.least,
      most: edits.most,
      bound: 16,
    },
  ];
}
