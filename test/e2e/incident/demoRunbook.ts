import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Editor } from "../../host/editor.ts";

/** The demo's runbook of pod failures, absolute. */
export const demoRunbook = resolve(import.meta.dirname, "../../../demo/runbooks/runbook-pod-failures.md");

/** Its lines. */
export const runbookLines: readonly string[] = readFileSync(demoRunbook, "utf8").split("\n");

/** Resolves when Podbook has read the runbook that a new window shows: the palette does not have its commands before. */
export async function runbookRead({ workbench }: Pick<Editor, "workbench">): Promise<void> {
  const heading = runbookLines.findIndex((line) => line.startsWith("### 1."));
  await workbench.lenses.at(heading + 1, ({ titles }) => titles.includes("Start scenario"), "Start scenario");
}
