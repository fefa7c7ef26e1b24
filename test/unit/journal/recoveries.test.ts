import assert from "node:assert/strict";
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Recoveries } from "../../../src/journal/recoveries.ts";
import { ownFolder } from "./runs.ts";

const measured = {
  scenario: "1. Gateway",
  target: { context: "prod", namespace: "pyairtable" },
  startedAt: 1000,
  endedAt: 42_000,
  recovered: true,
  expected: [30, 60] as const,
  why: "",
};

test("recoveries of several windows are kept in one file, the newest last", async (context) => {
  const path = join(await ownFolder(context), "storage", "recoveries.jsonl");
  const [mine, other] = [new Recoveries({ path, by: "ana" }), new Recoveries({ path, by: "bob" })];
  assert.deepEqual(await mine.read(), []);
  await Promise.all([mine.add("file:///a.md", measured), other.add("file:///b.md", measured)]);
  await mine.add("file:///a.md", { ...measured, recovered: false });
  const all = await other.read();
  assert.equal(all.length, 3);
  assert.deepEqual(all.at(-1), {
    type: "recovery",
    ...measured,
    recovered: false,
    runbook: "file:///a.md",
    at: 42_000,
    by: "ana",
  });
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("a line that was cut off, or is something else, is left out, and what follows is not", async (context) => {
  const path = join(await ownFolder(context), "recoveries.jsonl");
  const recoveries = new Recoveries({ path, by: "ana" });
  await recoveries.add("file:///a.md", measured);
  appendFileSync(
    path,
    `${readFileSync(path, "utf8").replace('"expected":[30,60]', '"expected":["<b>"]')}{"type":"reco`,
  );
  await recoveries.add("file:///b.md", measured);
  assert.deepEqual(
    (await recoveries.read()).map(({ runbook }) => runbook),
    ["file:///a.md", "file:///b.md"],
  );
});
