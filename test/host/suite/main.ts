// The entry of the host suite: VS Code loads the bundle into its extension host and calls run().

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

/** What the suite writes to the file named by PODBOOK_HOST_RESULTS, anew after every test. */
export interface HostResult {
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly details: string;
  /** In ms. */
  readonly duration: number;
}

/** Runs all test files beside the bundle; rejects when a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, reporter: "min" });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(join(__dirname, file));
  }
  const results: HostResult[] = [];
  const add = (state: HostResult["state"], test: Mocha.Runnable, error?: Error) => {
    const details = error ? (error.stack ?? String(error)) : "";
    results.push({ name: test.fullTitle(), state, details, duration: test.duration ?? 0 });
    writeFileSync(process.env["PODBOOK_HOST_RESULTS"] ?? "", JSON.stringify(results));
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) => add("passed", test))
      .on("fail", (test, error) => add("failed", test, error))
      .on("pending", (test) => add("skipped", test));
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
