import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { cacheDir } from "../bed/state.ts";
import type { SuiteRun } from "./run.ts";

/** Whether VS Code can be downloaded and shown here: its update service answers within 3 s, and there is a display. */
export async function canDownloadVscode(): Promise<boolean> {
  if (process.platform === "linux" && !process.env["DISPLAY"]) return false;
  try {
    const url = "https://update.code.visualstudio.com/api/releases/stable";
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(3_000) });
    return answer.ok;
  } catch {
    return false; // Not reachable, which is the question.
  }
}

/** Runs the suite in the newest stable VS Code, downloaded once into the cache. Resolves with what went wrong, if anything. */
export async function runInDownloadedVscode({ extension, module, folder, env }: SuiteRun): Promise<string | undefined> {
  try {
    await runTests({
      cachePath: join(cacheDir(), "vscode"),
      extensionDevelopmentPath: extension,
      extensionTestsPath: module,
      extensionTestsEnv: env,
      launchArgs: [
        folder,
        "--disable-extensions",
        "--disable-workspace-trust",
        `--user-data-dir=${join(folder, "data")}`,
        `--extensions-dir=${join(folder, "extensions")}`,
      ],
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
