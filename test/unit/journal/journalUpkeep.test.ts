import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { interruptionText, keptByDefault, keptText, tidyJournal } from "../../../src/journal/journalUpkeep.ts";
import { ownIdentity } from "../../../src/journal/processIdentity.ts";
import type { InterruptedRun } from "../../../src/journal/recoverRuns.ts";
import { openJournal, ownFolder, someEnd, someStart } from "./runs.ts";

test("a run that was cut off is told, and closed before old runs are removed", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder, { owner: { ...(await ownIdentity()), pid: 2 ** 22 + 1 } });
  const cut = await journal.begin({ ...someStart, at: Date.now() });
  context.after(() => cut.end(someEnd));
  const old = await journal.begin(someStart);
  await old.end({ ...someEnd, at: 0 });
  const told: (readonly InterruptedRun[])[] = [];
  const pruned = await tidyJournal({
    folder,
    kept: keptByDefault,
    now: Date.now,
    onInterrupted: (runs) => told.push(runs),
    onProblem: assert.fail,
  });
  assert.deepEqual([pruned.tooOld, pruned.tooLarge], [1, 0]);
  assert.deepEqual(
    told.flat().map(({ record }) => record.start.id),
    [cut.id],
  );
  const records = await journal.list();
  assert.deepEqual(
    records.map(({ start, ended }) => [start.id, ended?.outcome]),
    [[cut.id, "interrupted"]],
  );
});

test("what keeps the journal from being tidied is told, and nothing is raised", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder);
  const entry = await journal.begin(someStart);
  await entry.end(someEnd);
  const problems: string[] = [];
  const file = join(folder, "file\0name");
  const options = { kept: keptByDefault, now: Date.now, onInterrupted: () => assert.fail() };
  await tidyJournal({ ...options, folder: file, onProblem: (message) => problems.push(message) });
  assert.match(
    problems.join("\n"),
    /^The run journal in .* cannot be tidied up \(.*null bytes.*\)\. See that you own/s,
  );
  await writeFile(join(folder, "notes.txt"), "not a run");
  await tidyJournal({ ...options, folder, onProblem: assert.fail });
});

test("says what was interrupted and how long runs are kept", async () => {
  const run = (title: string, processes: InterruptedRun["processes"] = "ended"): InterruptedRun => ({
    record: { start: { type: "start", id: "x", ...someStart, title }, commands: [], ended: null, incomplete: null },
    processes,
  });
  const one = "1 run was interrupted when the editor was closed: Detection";
  assert.equal(interruptionText([run("Detection")], "the editor"), one);
  assert.equal(
    interruptionText([run("Detection", "left")], "the editor"),
    `${one}. Some of its processes may still be running`,
  );
  const many = ["A", "A", "B", "C", "D"].map((title) => run(title));
  assert.equal(interruptionText(many, "podbook"), "5 runs were interrupted when podbook was closed: A, B, C, …");
  assert.equal(keptText(keptByDefault, 0), "kept 30 days, at most 500 MB");
  assert.equal(keptText({ days: 1, megabytes: 10 }, 3), "kept 1 day, at most 10 MB; 3 removed today");
});
