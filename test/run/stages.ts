import { runHostSuite } from "../host/run.ts";
import { checkCommand } from "./checkCommand.ts";
import { runNodeTests, testFiles } from "./nodeTests.ts";
import { type Outcome, sum } from "./outcome.ts";
import type { SetUp } from "./setUp.ts";
import { Turns } from "./turns.ts";

/** A part of the test run. */
export interface Stage {
  readonly name: string;
  /** How long it usually takes among the others of its group, for the person who waits. */
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

/**
 * The beds of the tests: each is used by one test file at a time. The first is that of the bed's own tests and of what
 * changes the demo, the second that of the extension's parts, the third the editor's.
 */
export const testBeds = ["test", "test-extension", "test-editor"] as const;

/** The end-to-end tests that take longest, which begin first, so that both windows end at about the same time. */
const longest = ["pods", "runs", "plan", "incident"];

/**
 * All stages, in groups that run one after another; the stages of a group run at once. Most tests wait for a cluster most
 * of the time, so that there is something to do meanwhile.
 */
export function allStages({ root, setUp, signal, log, soak }: StageContext): Stage[][] {
  const check = (name: string, ...command: readonly [string, ...string[]]) => checkCommand(name, command, root, signal);
  const find = (pattern: string) => testFiles(root, `${pattern}.${soak ? "{test,soak}" : "test"}.ts`);
  const tests = (files: readonly string[], concurrency = 1) => runNodeTests({ root, files, concurrency, signal, log });
  const together = (files: readonly string[]) => {
    const env = { PODBOOK_TEST_FILES: files.map((file) => `${root}/${file}`).join("\n") };
    return runNodeTests({ root, files: ["test/run/inOneProcess.ts"], concurrency: 1, env, signal, log });
  };
  // What measures how long something takes has a process of its own.
  const isMeasured = (file: string) => /(hostile|mutations|incremental)\.test\.ts$/.test(file);
  const unitFiles = find("test/unit/**/*");
  const beds = new Turns();
  const onBed = (bed: string, pattern: string) => beds.take(bed, () => tests(find(pattern)));
  const editorOnBed = async (bed: string, queue: string[]) => {
    const env = { PODBOOK_TEST_BED: bed };
    const outcomes: Outcome[] = [];
    for (let file = queue.shift(); file !== undefined && !signal.aborted; file = queue.shift()) {
      outcomes.push(await runNodeTests({ root, files: [file], concurrency: 1, env, signal, log }));
    }
    return sum(outcomes);
  };
  const [own, extension, editor] = testBeds;
  return [
    [
      { name: "format", usually: "2 s", run: () => check("format", "biome", "format") },
      { name: "lint", usually: "2 s", run: () => check("lint", "biome", "lint", "--error-on-warnings") },
      { name: "types", usually: "4 s", run: () => check("types", "tsc", "--noEmit") },
    ],
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
    [
      {
        name: "cluster",
        usually: "6 min",
        // The editor is installed while the cluster's programs are compiled: one mostly loads, the other computes.
        prepare: () => Promise.all([setUp.bed(), setUp.vscode().catch(() => undefined)]),
        run: async () =>
          sum(
            await Promise.all([
              onBed(own, "test/cluster/{*,recovery/*}"),
              onBed(extension, "test/cluster/extension/*"),
            ]),
          ),
      },
      { name: "process", usually: "3 min", run: () => tests(find("test/process/**/*")) },
      {
        name: "e2e",
        usually: "9 min",
        prepare: () => Promise.all([setUp.bed(), setUp.vscode(), setUp.extension()]),
        run: async () => {
          const rank = (file: string) => longest.findIndex((name) => file.includes(`/${name}.test.`)) + 1 || Infinity;
          const queue = find("test/e2e/**/*").toSorted((one, other) => rank(one) - rank(other) || 0);
          // A second window only when the cluster's own tests are done: more at once, and what must be seen in time is not.
          const second = beds.take(own, () => editorOnBed(own, queue));
          return sum(await Promise.all([editorOnBed(editor, queue), second]));
        },
      },
    ],
    [
      {
        name: "host",
        usually: "30 s",
        prepare: () => Promise.all([setUp.vscode(), setUp.extension()]),
        run: () => runHostSuite(root, log),
      },
    ],
  ];
}
