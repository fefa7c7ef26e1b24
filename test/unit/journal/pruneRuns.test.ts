import assert from "node:assert/strict";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pruneRuns } from "../../../src/journal/pruneRuns.ts";
import type { RunEntry } from "../../../src/journal/runRecord.ts";
import { openJournal, ownFolder, someEnd, someStart } from "./runs.ts";

const day = 24 * 60 * 60 * 1000;
const now = someStart.at + 100 * day;

/** A run that began so many days ago, with this much output. */
async function beginRun(folder: string, daysAgo: number, bytes: number): Promise<RunEntry> {
  const { journal } = await openJournal(folder);
  const entry = await journal.begin({ ...someStart, at: now - daysAgo * day });
  await entry.output(Buffer.alloc(bytes));
  return entry;
}

/** The same, ended at once; its id. */
async function addRun(folder: string, daysAgo: number, bytes: number): Promise<string> {
  const entry = await beginRun(folder, daysAgo, bytes);
  await entry.end({ ...someEnd, at: now - daysAgo * day, outputBytes: bytes });
  return entry.id;
}

test("removes what is too old, then the oldest until the rest is small enough, and never what runs", async (context) => {
  const folder = await ownFolder(context);
  const running = await beginRun(folder, 90, 400_000);
  await addRun(folder, 60, 100_000);
  await addRun(folder, 31, 100_000);
  await addRun(folder, 20, 300_000);
  const kept = [await addRun(folder, 10, 300_000), await addRun(folder, 1, 200_000)];
  const pruned = await pruneRuns({ folder, now, maxAgeDays: 30, maxSizeMb: 1 });
  assert.deepEqual([pruned.tooOld, pruned.tooLarge], [2, 1]);
  assert.ok(pruned.bytes > 500_000 && pruned.bytes < 510_000);
  assert.deepEqual((await readdir(folder)).sort(), [running.id, ...kept]);
  assert.deepEqual(await pruneRuns({ folder, now, maxAgeDays: 30, maxSizeMb: 1 }), {
    tooOld: 0,
    tooLarge: 0,
    bytes: 0,
  });
  const { journal } = await openJournal(folder);
  assert.equal((await journal.list()).length, 3);
  await running.end(someEnd);
});

test("a full output lies in the folder of its run: it counts, and goes with it", async (context) => {
  const folder = await ownFolder(context);
  const old = await addRun(folder, 2, 10);
  await writeFile(join(folder, old, "Recover.podbook-output"), Buffer.alloc(900_000));
  const kept = await addRun(folder, 1, 200_000);
  const pruned = await pruneRuns({ folder, now, maxAgeDays: 30, maxSizeMb: 1 });
  assert.equal(pruned.tooLarge, 1);
  assert.ok(pruned.bytes > 900_000);
  assert.deepEqual(await readdir(folder), [kept]);
});

test("keeps everything without limits, and removes nothing where there is no journal", async (context) => {
  const folder = await ownFolder(context);
  await addRun(folder, 5000, 10);
  const none = { tooOld: 0, tooLarge: 0, bytes: 0 };
  assert.deepEqual(await pruneRuns({ folder, now, maxAgeDays: Infinity, maxSizeMb: Infinity }), none);
  assert.deepEqual(await pruneRuns({ folder: join(folder, "none"), now, maxAgeDays: 0, maxSizeMb: 0 }), none);
  assert.equal((await readdir(folder)).length, 1);
});

test("windows that prune at once remove every run once", async (context) => {
  const folder = await ownFolder(context);
  await Promise.all(Array.from({ length: 30 }, (_, index) => addRun(folder, 40 + index, 1000)));
  const windows = await Promise.all(
    Array.from({ length: 4 }, () => pruneRuns({ folder, now, maxAgeDays: 30, maxSizeMb: 1 })),
  );
  assert.equal(
    windows.reduce((sum, { tooOld }) => sum + tooOld, 0),
    30,
  );
  assert.deepEqual(await readdir(folder), []);
});

test("removes what a kill left half made or half removed, but not what is being made", async (context) => {
  const folder = await ownFolder(context);
  for (const name of [".new-old", ".new-fresh", ".removed-x"]) await mkdir(join(folder, name));
  await utimes(join(folder, ".new-old"), now / 1000 - 7200, now / 1000 - 7200);
  await utimes(join(folder, ".new-fresh"), now / 1000, now / 1000);
  await pruneRuns({ folder, now, maxAgeDays: 30, maxSizeMb: 1 });
  assert.deepEqual(await readdir(folder), [".new-fresh"]);
});
