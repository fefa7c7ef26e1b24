import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { ownIdentity, readStartTime } from "../../../src/journal/processIdentity.ts";
import { recoverRuns } from "../../../src/journal/recoverRuns.ts";
import { openJournal, ownFolder, someEnd, someStart } from "../../unit/journal/runs.ts";

const linux = process.platform === "linux" ? false : "needs /proc";

interface Hosted {
  readonly id: string;
  readonly own: string;
  readonly pid: number;
}

/** A host that runs a script, which has printed its first line. */
async function host(
  context: TestContext,
  folder: string,
  script: string,
  told: "told" | "untold" = "told",
): Promise<[ChildProcess, Hosted]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "interruptedHost.ts"), folder, script, told], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const hosted: Hosted = JSON.parse(line.toString());
  context.after(async () => {
    child.kill("SIGKILL");
    await endGroup(hosted.pid);
    await rm(hosted.own, { recursive: true, force: true });
  });
  return [child, hosted];
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

/** What a failing test would leave behind. */
async function endGroup(pid: number): Promise<void> {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A process that is not waited for stays as a zombie until its parent takes it: it does not work any more. */
async function isWorking(pid: number): Promise<boolean> {
  return (await readStartTime(pid)) !== null;
}

async function recover(folder: string) {
  const problems: string[] = [];
  const runs = await recoverRuns({ folder, onProblem: (message) => problems.push(message) });
  assert.deepEqual(problems, []);
  return runs;
}

test("a run whose host was killed is ended, emptied of credentials, and kept with its output", async (context) => {
  const folder = await ownFolder(context);
  // What it starts ignores the polite signals, and ends up in no group but in the session of the run.
  const script = "trap '' INT TERM; set -m; sleep 1000 & echo \"$!\"; wait";
  const [child, { id, own, pid }] = await host(context, folder, script);
  const { journal } = await openJournal(folder);
  const sleeper = Number(await readFile(journal.outputFile(id), "utf8"));
  assert.deepEqual(await recover(folder), [], "its host lives");
  assert.ok(await isWorking(pid));
  await kill(child);
  await appendFile(join(folder, id, "record.jsonl"), '{"type":"end","at":1,"off');
  const [run] = await recover(folder);
  assert.equal(run?.processes, "ended");
  assert.deepEqual([await isWorking(pid), await isWorking(sleeper), existsSync(own)], [false, false, false]);
  const record = await journal.read(id);
  assert.deepEqual(record, run?.record);
  assert.deepEqual(
    [record?.ended?.outcome, record?.ended?.leftRunning, record?.ended?.exitCode, record?.incomplete],
    ["interrupted", false, null, null],
  );
  assert.equal(record?.ended?.outputBytes, `${sleeper}\n`.length);
  assert.deepEqual(await recover(folder), [], "it is told of once");
});

test("processes that outlive the run's bash are found by its folder", { skip: linux }, async (context) => {
  const folder = await ownFolder(context);
  const [child, { id, pid }] = await host(context, folder, 'sleep 1000 & echo "$!"');
  const { journal } = await openJournal(folder);
  const sleeper = Number(await readFile(journal.outputFile(id), "utf8"));
  await kill(child);
  while (await isWorking(pid)) await delay(10);
  assert.equal((await recover(folder))[0]?.processes, "ended");
  assert.equal(await isWorking(sleeper), false);
});

test("a host killed before it could say that bash runs leaves none of it", { skip: linux }, async (context) => {
  const folder = await ownFolder(context);
  const [child, { own, pid }] = await host(context, folder, 'sleep 1000 & echo "$!"; wait', "untold");
  const { journal } = await openJournal(folder);
  const [record] = await journal.list();
  const sleeper = Number(await readFile(journal.outputFile(record?.start.id ?? ""), "utf8"));
  const stranger = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  context.after(() => endGroup(stranger.pid ?? 0));
  await kill(child);
  assert.equal((await recover(folder))[0]?.processes, "ended");
  assert.deepEqual([await isWorking(pid), await isWorking(sleeper), existsSync(own)], [false, false, false]);
  assert.ok(await isWorking(stranger.pid ?? 0));
});

test("a process that only has the number of the run's bash is left alone", async (context) => {
  const folder = await ownFolder(context);
  const own = await mkdtemp(join(tmpdir(), "podbook-run-"));
  const stranger = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  const pid = stranger.pid ?? 0;
  context.after(() => endGroup(pid));
  const owner = { ...(await ownIdentity()), pid: 2 ** 22 + 1 };
  const { journal } = await openJournal(folder, { owner });
  const entry = await journal.begin(someStart);
  await entry.prepared(own);
  await entry.end(someEnd);
  const record = join(folder, entry.id, "record.jsonl");
  const lines = (await readFile(record, "utf8")).split("\n").filter((line) => !line.includes('"ended"'));
  await rm(record);
  const spawned = { type: "spawned", at: someStart.at, pid, startTime: "1", folder: own };
  await appendFile(record, `${lines.join("\n")}${JSON.stringify(spawned)}\n`);
  const [run] = await recover(folder);
  assert.equal(run?.processes, process.platform === "linux" ? "left" : "none");
  assert.ok(await isWorking(pid));
  assert.equal(existsSync(own), false);
});

test("nothing is removed that is not the private folder of a run, and runs of other machines are not touched", async (context) => {
  const folder = await ownFolder(context);
  const precious = await ownFolder(context);
  const gone = { ...(await ownIdentity()), pid: 2 ** 22 + 1 };
  const begin = async (owner: typeof gone) => {
    const { journal } = await openJournal(folder, { owner });
    const entry = await journal.begin(someStart);
    await entry.prepared(precious);
    context.after(() => entry.end(someEnd));
    return entry.id;
  };
  const here = await begin(gone);
  await begin({ ...gone, machine: "another" });
  await begin({ ...gone, namespace: "pid:[1]" });
  assert.deepEqual(
    (await recover(folder)).map(({ record, processes }) => [record.start.id, processes]),
    [[here, "none"]],
  );
  assert.ok(existsSync(precious));
});

test("a run from before the machine was started again is closed without looking for its processes", async (context) => {
  const folder = await ownFolder(context);
  const { journal } = await openJournal(folder, { owner: { ...(await ownIdentity()), boot: "before" } });
  const entry = await journal.begin(someStart);
  context.after(() => entry.end(someEnd));
  await entry.spawned(process.pid, "/nowhere/podbook-run-1");
  assert.equal((await recover(folder))[0]?.processes, "none");
  assert.equal((await journal.read(entry.id))?.ended?.outcome, "interrupted");
});

test("windows that start at once tell of a run, and end it, once or more, and leave one whole record", async (context) => {
  const folder = await ownFolder(context);
  const [child, { id }] = await host(context, folder, "echo up; sleep 1000");
  await kill(child);
  const windows = await Promise.all([recover(folder), recover(folder), recover(folder)]);
  assert.ok(windows.flat().length >= 1);
  const { journal } = await openJournal(folder);
  assert.equal((await journal.read(id))?.ended?.outcome, "interrupted");
  assert.deepEqual(await recover(folder), []);
});

test("there is nothing to do where there is no journal", async (context) => {
  assert.deepEqual(await recover(join(await ownFolder(context), "none")), []);
});
