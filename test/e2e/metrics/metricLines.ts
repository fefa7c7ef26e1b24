import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bedEditor.ts";

const lines = readFileSync(join(root, "demo/runbooks/runbook-pod-failures.md"), "utf8").split("\n");

/** The one-based line of the demo's runbook that holds a text. */
export function lineOf(text: string): number {
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`The demo's runbook does not hold ${text}`);
  return index + 1;
}
