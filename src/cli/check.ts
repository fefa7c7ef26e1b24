import { resolve } from "node:path";
import type { LintInput } from "../lint/lintInput.ts";
import { filesToCheck, lintRunbook } from "../lint/lintRunbook.ts";
import type { Problem } from "../lint/problem.ts";
import type { Asked } from "./commandLine.ts";
import { existingPaths, workTree } from "./existingPaths.ts";
import type { Source } from "./sources.ts";

/** The problems of one file. */
export interface Report {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Lints a file as it lies on the disk. Folders in `asked.paths` start at `from`. */
export async function checkSource(
  { file, text, directory, runbook, analyses }: Source,
  asked: Extract<Asked, { command: "check" }>,
  from: string,
): Promise<Report> {
  const folders = Object.entries(asked.paths).map(([name, folder]) => [
    name,
    resolve(from, folder).replaceAll("\\", "/"),
  ]);
  const root = await workTree(directory);
  const input: LintInput = {
    text,
    runbook,
    analyses,
    directory,
    root,
    target: asked.target,
    paths: Object.fromEntries(folders),
  };
  return { file, problems: lintRunbook(input, { exists: await existingPaths(filesToCheck(input)) }) };
}
