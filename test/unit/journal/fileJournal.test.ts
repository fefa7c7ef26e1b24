import assert from "node:assert/strict";
import { appendFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openJournal, ownFolder, someEnd, someStart } from "./runs.ts";

test("a run is read back as it was told, with its raw output", async (context) => {
  const folder = join(await ownFolder(context), "runs");
  const { journal, problems } = await openJournal(folder);
  const entry = await journal.begin(someStart);
  await entry.prepared("/tmp/podbook-run-1");
  await entry.spawned(process.pid, "/tmp/podbook-run-1");
  await entry.command({ type: "begin", at: 1, offset: 0, index: 0 });
  await entry.output(Buffer.from([0, 255, 10]));
  await entry.command({ type: "end", at: 2, offset: 3, index: 0, status: 3, durationMs: 1 });
  await entry.output(Buffer.from("two\r\n"));
  const running = await journal.read(entry.id);
  assert.equal(running?.ended, null);
  await entry.end(someEnd);
  const record = await journal.read(entry.id);
  assert.deepEqual(record, {
    start: { type: "start", id: entry.id, ...someStart },
    commands: [
      { type: "begin", at: 1, offset: 0, index: 0 },
      { type: "end", at: 2, offset: 3, index: 0, status: 3, durationMs: 1 },
    ],
    ended: { type: "ended", ...someEnd },
    incomplete: null,
  });
  assert.deepEqual(await readFile(journal.outputFile(entry.id)), Buffer.from("\x00\xff\ntwo\r\n", "latin1"));
  assert.deepEqual(problems, []);
});

test("only the user can read it, whatever the umask", async (context) => {
  const folder = join(await ownFolder(context), "deep/runs");
  const umask = process.umask(0);
  try {
    const { journal } = await openJournal(folder);
    const entry = await journal.begin(someStart);
    const mode = async (...path: string[]) => (await stat(join(folder, ...path))).mode & 0o777;
    assert.deepEqual(
      [await mode(), await mode(entry.id), await mode(entry.id, "record.jsonl"), await mode(entry.id, "output")],
      [0o700, 0o700, 0o600, 0o600],
    );
    await entry.end(someEnd);
  } finally {
    process.umask(umask);
  }
});

test("what is told without waiting is written in its order", async (context) => {
  const { journal } = await openJournal(await ownFolder(context));
  const entry = await journal.begin(someStart);
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`);
  const told = lines.map((line, index) => {
    const written = entry.output(Buffer.from(line));
    void entry.command({ type: "begin", at: index, offset: 0, index });
    return written;
  });
  await Promise.all(told);
  await entry.end(someEnd);
  assert.equal(await readFile(journal.outputFile(entry.id), "utf8"), lines.join(""));
  const record = await journal.read(entry.id);
  assert.deepEqual(
    record?.commands.map(({ index }) => index),
    lines.map((_, index) => index),
  );
});

test("runs are listed with the newest first, and a name that is no run's gives none", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder);
  assert.deepEqual(await journal.list(), []);
  const ids = [];
  for (const minute of [3, 1, 2]) {
    const entry = await journal.begin({ ...someStart, at: someStart.at + minute * 60_000 });
    ids.push(entry.id);
    await entry.end(someEnd);
  }
  await writeFile(join(folder, "notes.txt"), "not a run");
  const [third, first, second] = ids;
  assert.deepEqual(
    (await journal.list()).map(({ start }) => start.id),
    [third, second, first],
  );
  assert.equal(await journal.read("../../etc"), undefined);
  assert.equal(await journal.read("20261125T030405006Z-00000000"), undefined);
});

test("half a line is left out, and makes no other line unreadable", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder);
  const entry = await journal.begin(someStart);
  await entry.command({ type: "begin", at: 1, offset: 0, index: 0 });
  const file = join(folder, entry.id, "record.jsonl");
  await appendFile(file, '{"type":"end","at":2,"off');
  const record = await journal.read(entry.id);
  assert.deepEqual([record?.commands.length, record?.ended], [1, null]);
  await appendFile(file, `\n${JSON.stringify({ type: "ended", ...someEnd })}\n`);
  assert.equal((await journal.read(entry.id))?.ended?.outcome, "exited");
  await entry.end(someEnd);
});

test("a record without its beginning is no record", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder);
  const entry = await journal.begin(someStart);
  await entry.end(someEnd);
  await writeFile(join(folder, entry.id, "record.jsonl"), '{"type":"sta');
  assert.equal(await journal.read(entry.id), undefined);
  assert.deepEqual(await journal.list(), []);
});

test("two windows write into one folder side by side", async (context) => {
  const folder = await ownFolder(context);
  const [one, other] = [await openJournal(folder), await openJournal(folder)];
  const runs = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const { journal } = index % 2 ? one : other;
      const entry = await journal.begin(someStart);
      await entry.output(Buffer.from(`output ${index}`));
      await entry.end(someEnd);
      return [entry.id, `output ${index}`] as const;
    }),
  );
  for (const [id, text] of runs) assert.equal(await readFile(other.journal.outputFile(id), "utf8"), text);
  assert.equal((await one.journal.list()).length, 40);
  assert.equal((await readdir(folder)).length, 40);
});

test("a folder that cannot be made is told with what to do, once for each run, and every call settles", async (context) => {
  const parent = await ownFolder(context);
  const folder = join(parent, "runs");
  await writeFile(folder, "a file is in the way");
  const { journal, problems } = await openJournal(folder);
  const entry = await journal.begin(someStart);
  await Promise.all([entry.prepared("/x"), entry.spawned(1, "/x"), entry.output(Buffer.from("x"))]);
  await entry.end(someEnd);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /cannot be written \(EEXIST.*may write to it/s);
  assert.equal(await journal.read(entry.id), undefined);
  await rm(folder);
  const next = await journal.begin(someStart);
  await next.end(someEnd);
  assert.equal((await journal.read(next.id))?.ended?.outcome, "exited");
  assert.equal(problems.length, 1);
});
