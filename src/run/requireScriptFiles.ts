import { existsSync } from "node:fs";
import { PlanError } from "../plan/planError.ts";
import { scriptFiles } from "../plan/scriptFiles.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";

/**
 * Makes sure that the script files which a block runs exist, as far as their paths can be told.
 * @throws PlanError `missing-script`
 */
export function requireScriptFiles(analysis: BlockAnalysis, directory: string): void {
  const missing = scriptFiles(analysis, directory).filter(({ path }) => !existsSync(path));
  if (missing.length === 0) return;
  const [{ name, path }] = missing as [(typeof missing)[number]];
  throw new PlanError(
    "missing-script",
    `Not run: ${name} does not exist (looked for ${path}). Correct the path in the runbook, or the folder that was chosen for a sample path.`,
  );
}
