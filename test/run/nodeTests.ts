import { globSync } from "node:fs";
import { relative } from "node:path";
import { run } from "node:test";
import { inspect } from "node:util";
import type { Failure, Outcome } from "./outcome.ts";

/** Which test files are run, and how. */
export interface NodeTestOptions {
  readonly root: string;
  /** Test files, relative to the root. */
  readonly files: readonly string[];
  /** How many files at once. */
  readonly concurrency: number;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told of every test as it ends. */
  readonly log: (line: string) => void;
}

type TestEvent = Parameters<typeof seenTest>[0];

/**
 * Runs test files of node:test, each in a process of its own, and counts the tests in them. A file that cannot be
 * loaded, one without a test, and a hook that fails count as failures of their own.
 */
export async function runNodeTests(options: NodeTestOptions): Promise<Outcome> {
  const { root, files, concurrency, signal, log } = options;
  const stderr = new Map<string, string>();
  const failures: Failure[] = [];
  let passed = 0;
  let skipped = 0;
  const env = { ...process.env, ...options.env };
  const paths = files.map((file) => `${root}/${file}`);
  for await (const event of run({ files: paths, concurrency, signal, cwd: root, env })) {
    if (event.type === "test:stderr") {
      stderr.set(event.data.file, (stderr.get(event.data.file) ?? "") + event.data.message);
    } else if (event.type === "test:pass" || event.type === "test:fail") {
      const seen = seenTest(event.data, event.type === "test:pass");
      if (!seen) continue;
      const name = testName(root, event.data.file ?? "", event.data.name);
      const seconds = (event.data.details.duration_ms / 1000).toFixed(1);
      if (seen === "skipped") skipped++;
      else if (seen === "passed") passed++;
      else failures.push({ name, details: `${why(event.data)}\n${stderr.get(event.data.file ?? "") ?? ""}`.trimEnd() });
      log(`  ${{ passed: "✓", skipped: "–", failed: "✗" }[seen]} ${name} (${seconds} s)`);
    }
  }
  if (signal.aborted) failures.push({ name: files.join(", "), details: "Interrupted." });
  return { passed, skipped, failures };
}

/** The test files that a pattern finds below the root. Raises an Error where it finds none: a typing error runs no test. */
export function testFiles(root: string, pattern: string): string[] {
  const files = globSync(pattern, { cwd: root }).sort();
  if (files.length === 0) throw new Error(`There is no test file ${pattern}.`);
  return files;
}

function testName(root: string, file: string, name: string): string {
  return name === file ? relative(root, file) : `${relative(root, file)}: ${name}`;
}

/** What an event counts as; undefined for a suite that only sums up its tests. */
function seenTest(
  data: {
    name: string;
    file?: string | undefined;
    skip?: string | boolean | undefined;
    todo?: string | boolean | undefined;
    details: { duration_ms: number; type?: string | undefined; error?: unknown };
  },
  ok: boolean,
): "passed" | "failed" | "skipped" | undefined {
  if (failureType(data) === "testAborted") return undefined;
  if (data.skip !== undefined || data.todo !== undefined) return "skipped";
  if (data.details.type === "suite") return ok || failureType(data) === "subtestsFailed" ? undefined : "failed";
  // A file appears as a test of its own only when no test of it was seen.
  if (data.name === data.file) return "failed";
  return ok ? "passed" : "failed";
}

function failureType({ details }: TestEvent): unknown {
  const { error } = details;
  return error instanceof Error && "failureType" in error ? error.failureType : undefined;
}

function why(data: TestEvent): string {
  const { error } = data.details;
  if (error === undefined) return "The file has no test.";
  return inspect(error instanceof Error && error.cause !== undefined ? error.cause : error, { depth: 4 });
}
