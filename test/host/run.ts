import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Failure, Outcome } from "../run/outcome.ts";
import { bundleSuite } from "./bundleSuite.ts";
import { canDownloadVscode, runInDownloadedVscode } from "./downloadedVscode.ts";
import { runInServer } from "./serverSuite.ts";
import type { HostResult } from "./suite/main.ts";

/** How a suite is run in some VS Code. */
export interface SuiteRun {
  /** The folder of the extension under test. */
  readonly extension: string;
  /** The module that has `run()`. */
  readonly module: string;
  /** The workspace; also the place for the editor's data. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/**
 * Runs the host suite in a real extension host: in VS Code itself where it can be downloaded, else in its server from
 * npm. PODBOOK_VSCODE=download or =server in the environment decides it. A VS Code that breaks off is a failure too.
 */
export async function runHostSuite(root: string, log: (line: string) => void): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "podbook-host-"));
  const results = join(folder, "results.json");
  try {
    const module = await bundleSuite(root);
    const env = { PODBOOK_HOST_RESULTS: results, KUBECONFIG: join(folder, "no-kubeconfig") };
    const options = { extension: root, module, folder, env, log };
    const download = await wantsDownload();
    log(
      download
        ? "  In VS Code, downloaded by @vscode/test-electron."
        : "  In VS Code's server from npm, with Chromium.",
    );
    const problem = download ? await runInDownloadedVscode(options) : await runInServer(options);
    return outcome(readResults(results), problem, log);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function wantsDownload(): Promise<boolean> {
  const wish = process.env["PODBOOK_VSCODE"];
  return wish === undefined ? canDownloadVscode() : wish === "download";
}

function readResults(file: string): HostResult[] {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return []; // The suite did not come as far as its first test; the problem says why.
  }
}

function outcome(results: readonly HostResult[], problem: string | undefined, log: (line: string) => void): Outcome {
  const of = (state: HostResult["state"]) => results.filter((result) => result.state === state);
  for (const { name, state, duration } of results) {
    log(`  ${{ passed: "✓", skipped: "–", failed: "✗" }[state]} ${name} (${(duration / 1000).toFixed(1)} s)`);
  }
  const failures: Failure[] = of("failed").map(({ name, details }) => ({ name: `test/host: ${name}`, details }));
  if (results.length === 0 || (problem !== undefined && failures.length === 0)) {
    failures.push({ name: "test/host", details: problem ?? "The suite ended without a test." });
  }
  return { passed: of("passed").length, skipped: of("skipped").length, failures };
}
