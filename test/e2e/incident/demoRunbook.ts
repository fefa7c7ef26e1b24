import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The demo's runbook of pod failures, absolute. */
export const demoRunbook = resolve(import.meta.dirname, "../../../demo/runbooks/runbook-pod-failures.md");

/** Its lines. */
export const runbookLines: readonly string[] = readFileSync(demoRunbook, "utf8").split("\n");
