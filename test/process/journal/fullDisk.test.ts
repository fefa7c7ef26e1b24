import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, rmdir, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { openJournal, ownFolder, someEnd, someStart } from "../../unit/journal/runs.ts";

const runFile = promisify(execFile);

/** A file system of 1 MB of the test's own, or undefined where only an administrator may make one. */
async function smallDisk(context: TestContext): Promise<string | undefined> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const disk = await mkdtemp(join(tmpdir(), "podbook-disk-"));
  try {
    await runFile("mount", ["-t", "tmpfs", "-o", "size=1m,mode=700", "podbook-test", disk]);
  } catch {
    // A container without the right to mount.
    await rmdir(disk);
    return undefined;
  }
  context.after(async () => {
    await runFile("umount", [disk]);
    await rmdir(disk);
  });
  return disk;
}

/** Takes all space but `rest` bytes. */
async function fill(disk: string, rest: number): Promise<string> {
  const ballast = join(disk, "ballast");
  await writeFile(ballast, "");
  for (let free = await freeBytes(disk); free > rest; free = await freeBytes(disk)) {
    await appendFile(ballast, Buffer.alloc(Math.min(free - rest, 4096)));
  }
  return ballast;
}

async function freeBytes(disk: string): Promise<number> {
  const { bavail, bsize } = await statfs(disk);
  return bavail * bsize;
}

test("a disk that fills up: the run goes on, its owner is told once, and the next run is whole", async (context) => {
  const disk = await smallDisk(context);
  if (disk === undefined) return context.skip("mounting needs an administrator");
  const { journal, problems } = await openJournal(join(disk, "runs"));
  const entry = await journal.begin(someStart);
  const ballast = await fill(disk, 64 * 1024);
  // Whole lines, so that the chunks together are one line again and again.
  const line = "output\n";
  const chunk = Buffer.alloc(1500 * line.length, line);
  for (let index = 0; index < 20; index++) {
    await entry.output(chunk);
    await entry.command({ type: "begin", at: index, offset: index * chunk.length, index: 0 });
  }
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /is full\. The run goes on.*Free some space/);
  const kept = await readFile(journal.outputFile(entry.id));
  assert.ok(kept.length >= 60_000 && kept.length < 200_000, `${kept.length} bytes are kept`);
  assert.ok(kept.equals(Buffer.alloc(kept.length, line)));
  await entry.end({ ...someEnd, outputBytes: 20 * chunk.length });
  const refused = await journal.begin(someStart);
  await refused.output(chunk);
  await refused.end(someEnd);
  assert.equal(problems.length, 2);

  await rm(ballast);
  const next = await journal.begin(someStart);
  await next.output(chunk);
  await next.end({ ...someEnd, outputBytes: chunk.length });
  assert.equal(problems.length, 2);
  const records = await journal.list();
  const states = new Map(
    records.map((record) => [record.start.id, [record.ended?.outcome, record.incomplete?.offset]]),
  );
  assert.deepEqual(
    states,
    new Map([
      [next.id, ["exited", undefined]],
      [entry.id, ["exited", kept.length]],
    ]),
  );
  assert.equal((await journal.read(entry.id))?.commands.length, 20);
});

test("a file that may not grow is told as a full disk", async (context) => {
  if (process.platform === "win32") return context.skip("there is no ulimit");
  const folder = await ownFolder(context);
  const module = JSON.stringify(join(import.meta.dirname, "../../unit/journal/runs.ts"));
  // Without the signal the write fails with EFBIG. The limit is in units of 1024 bytes.
  const script = `
    import { openJournal, someStart, someEnd } from ${module};
    const { journal, problems } = await openJournal(${JSON.stringify(folder)});
    const entry = await journal.begin(someStart);
    for (let index = 0; index < 30; index++) await entry.output(Buffer.alloc(10_000));
    await entry.end({ ...someEnd, outputBytes: 300_000 });
    const record = await journal.read(entry.id);
    console.log(JSON.stringify([problems.length, problems[0].includes("is full"), record.incomplete.offset, record.ended.outcome]));`;
  const command = 'trap "" XFSZ; ulimit -f 200; exec "$0" --input-type=module -e "$1"';
  const child = spawn("bash", ["-c", command, process.execPath, script], { stdio: ["ignore", "pipe", "inherit"] });
  assert.deepEqual(JSON.parse(await text(child.stdout)), [1, true, 200 * 1024, "exited"]);
});
