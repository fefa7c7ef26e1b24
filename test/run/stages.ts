import { bedReset, bedUp } from "../bed/bed.ts";
import { runHostSuite } from "../host/run.ts";
import { checkCommand } from "./checkCommand.ts";
import { runNodeTests, testFiles } from "./nodeTests.ts";
import { type Outcome, sum } from "./outcome.ts";
import type { SetUp } from "./setUp.ts";

/** A part of the test run. */
export interface Stage {
  readonly name: string;
  /** How long it usually takes among the others of its group, for the person who waits. */
  readonly usually: string;
  /** What must be there first. */
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<Outcome>;
}

/** Stages that run one after another. */
export type Lane = readonly Stage[];

/** The stage that tells how fast the machine is now, and what it takes there, in ms: half as much again on a quiet one of two cores. */
export const gauge = { stage: "unit", slowMs: 32_000 } as const;

/**
 * The lanes of a group for a machine whose cores are busy with something else: two at once. What waits for a window there gives
 * up where three share what is left, and takes no longer so.
 */
export function fewerLanes(group: readonly Lane[]): readonly Lane[] {
  const [first, ...others] = group;
  return first && others.length > 1 ? [first, others.flat()] : group;
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

/** The beds of the tests, each used by one test file at a time: of the cluster's tests, of the extension's parts, of windows. */
export const testBeds = ["test", "test-parts", "test-editor"] as const;

/**
 * All stages, in groups that run one after another; the lanes of a group run at once. What waits for a cluster most of the
 * time runs beside a window, which keeps a core busy.
 */
export function allStages({ root, setUp, signal, log, soak }: StageContext): Lane[][] {
  const check = (name: string, ...command: readonly [string, ...string[]]) => checkCommand(name, command, root, signal);
  const find = (pattern: string) => testFiles(root, `${pattern}.${soak ? "{test,soak}" : "test"}.ts`);
  const tests = (files: readonly string[], concurrency = 1, env = {}) =>
    runNodeTests({ root, files, concurrency, env, signal, log });
  const together = (files: readonly string[]) => {
    const env = { PODBOOK_TEST_FILES: files.map((file) => `${root}/${file}`).join("\n") };
    return runNodeTests({ root, files: ["test/run/inOneProcess.ts"], concurrency: 1, env, signal, log });
  };
  // What measures how long something takes has a process of its own.
  const isMeasured = (file: string) => /(hostile|mutations|incremental)\.test\.ts$/.test(file);
  const unitFiles = find("test/unit/**/*");
  const windowFiles = find("test/e2e/**/*");
  // Some windows take the lanes of other tests, which are over sooner than the rest of the windows.
  const afterClusters = windowFiles.filter((file) => /e2e\/incident/.test(file));
  const afterParts = windowFiles.filter((file) => /e2e\/metrics/.test(file));
  const alone = windowFiles.filter((file) => !afterClusters.includes(file) && !afterParts.includes(file));
  /** A window on a bed that other tests have left in whatever state. */
  const onUsedBed = async (name: string) => {
    await Promise.all([setUp.bed(), setUp.vscode(), setUp.extension()]);
    await bedUp({ checkout: root, name, log });
    await bedReset({ checkout: root, name, log });
  };
  return [
    [
      [{ name: "format", usually: "2 s", run: () => check("format", "biome", "format") }],
      [{ name: "lint", usually: "2 s", run: () => check("lint", "biome", "lint", "--error-on-warnings") }],
      [{ name: "types", usually: "4 s", run: () => check("types", "npm", "run", "--silent", "check:types") }],
    ],
    [
      [
        {
          name: "unit",
          usually: "25 s",
          run: async () =>
            sum(
              await Promise.all([
                tests(unitFiles.filter(isMeasured)),
                together(unitFiles.filter((file) => !isMeasured(file))),
              ]),
            ),
        },
      ],
    ],
    [
      [
        {
          name: "parts",
          usually: "7 min",
          // The extension's parts: with processes while the clusters come up, then with a cluster of their own.
          run: async () => {
            await setUp.packages();
            const withProcesses = await tests(find("test/process/**/*"));
            await setUp.bed();
            return sum([
              withProcesses,
              await tests(find("test/cluster/extension/*"), 1, { PODBOOK_TEST_BED: testBeds[1] }),
            ]);
          },
        },
        {
          name: "e2e-metrics",
          usually: "1 min",
          prepare: () => onUsedBed(testBeds[1]),
          run: () => tests(afterParts, 1, { PODBOOK_TEST_BED: testBeds[1] }),
        },
      ],
      [
        {
          name: "cluster",
          usually: "5 min",
          // The editor is installed while the cluster's programs are compiled: one mostly loads, the other computes.
          prepare: () => Promise.all([setUp.bed(), setUp.vscode().catch(() => undefined)]),
          run: () => tests(find("test/cluster/{*,recovery/*,drill/*}")),
        },
        // Windows, once the clusters' tests are over.
        {
          name: "host",
          usually: "30 s",
          prepare: () => Promise.all([setUp.vscode(), setUp.extension()]),
          run: () => runHostSuite(root, log),
        },
        {
          name: "e2e-incident",
          usually: "3 min",
          prepare: () => onUsedBed(testBeds[0]),
          run: () => tests(afterClusters),
        },
      ],
      [
        {
          name: "e2e",
          usually: "8 min",
          prepare: () => Promise.all([setUp.bed(), setUp.vscode(), setUp.extension()]),
          run: () => tests(alone, 1, { PODBOOK_TEST_BED: testBeds[2] }),
        },
      ],
    ],
  ];
}
