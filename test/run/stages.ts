import { runHostSuite } from "../host/run.ts";
import { checkCommand } from "./checkCommand.ts";
import { runNodeTests } from "./nodeTests.ts";
import { type Outcome, sum } from "./outcome.ts";
import type { SetUp } from "./setUp.ts";

/** A part of the test run. */
export interface Stage {
  readonly name: string;
  /** How long it usually takes, for the person who waits. */
  readonly usually: string;
  /** What must be there first. */
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<Outcome>;
}

/** What the stages work with. */
export interface StageContext {
  /** The checkout. */
  readonly root: string;
  readonly setUp: SetUp;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Whether the long tests run too. */
  readonly soak: boolean;
}

/** All stages, in the order in which they run: what is quick and needs nothing comes first. */
export function allStages({ root, setUp, signal, log, soak }: StageContext): Stage[] {
  const check = (name: string, ...command: readonly [string, ...string[]]) => checkCommand(name, command, root, signal);
  const tests = (files: string, concurrency: number) =>
    runNodeTests({ root, pattern: `${files}.${soak ? "{test,soak}" : "test"}.ts`, concurrency, signal, log });
  return [
    { name: "format", usually: "1 s", run: () => check("format", "biome", "format") },
    { name: "lint", usually: "1 s", run: () => check("lint", "biome", "lint", "--error-on-warnings") },
    { name: "types", usually: "3 s", run: () => check("types", "tsc", "--noEmit") },
    { name: "unit", usually: "30 s", run: () => tests("test/unit/**/*", 2) },
    {
      name: "cluster",
      usually: "12 min",
      // The editor is installed while the cluster's programs are compiled: one mostly loads, the other computes.
      prepare: () => Promise.all([setUp.bed(), setUp.vscode().catch(() => undefined)]),
      // Mostly they wait for the cluster, so those of the bed and those of the extension run side by side, on two beds, and
      // beside them what needs a processor.
      run: async () =>
        sum(
          await Promise.all([
            tests("test/cluster/{*,recovery/*}", 1),
            tests("test/cluster/extension/*", 1),
            tests("test/process/**/*", 1),
          ]),
        ),
    },
    {
      name: "host",
      usually: "15 s",
      prepare: () => Promise.all([setUp.vscode(), setUp.extension()]),
      run: () => runHostSuite(root, log),
    },
    {
      name: "e2e",
      usually: "10 min",
      prepare: () => Promise.all([setUp.bed(), setUp.vscode(), setUp.extension()]),
      // One window at a time: two of them are more than two cores can draw.
      run: () => tests("test/e2e/**/*", 1),
    },
  ];
}
