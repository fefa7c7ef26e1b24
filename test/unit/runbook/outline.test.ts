import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runbookOutline } from "../../../src/runbook/outline.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

test("scenarios and the sections outside of them, each with its blocks, in the order of the file", () => {
  const file = join(import.meta.dirname, "../../../demo/runbooks/runbook-pod-failures.md");
  const runbook = readRunbook(readFileSync(file, "utf8"));
  const parts = runbookOutline(runbook);
  assert.deepEqual(
    parts.flatMap(({ scenario }) => (scenario ? [scenario.title] : [])),
    runbook.scenarios.map(({ title }) => title),
  );
  assert.ok(parts.some(({ title, scenario }) => /Emergency Stop$/.test(title) && scenario === null));
  assert.deepEqual(
    parts.flatMap(({ blocks }) => blocks.map(({ id }) => id)),
    runbook.blocks.map(({ id }) => id),
  );
  assert.deepEqual(
    parts.map(({ line }) => line),
    parts.map(({ line }) => line).sort((one, other) => one - other),
  );
});

test("blocks above the first heading stand under the name of the whole", () => {
  const parts = runbookOutline(readRunbook("```sh\nls\n```\n\n# Title\n\n```sh\npwd\n```\n"));
  assert.deepEqual(
    parts.map(({ title, line, blocks }) => [title, line, blocks.map(({ text }) => text.trim())]),
    [
      ["Title", 0, ["ls"]],
      ["Title", 4, ["pwd"]],
    ],
  );
});
