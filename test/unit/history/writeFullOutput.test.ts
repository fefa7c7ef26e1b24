import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readTail } from "../../../src/ui/history/outputFile.ts";
import { CancelledError, mostForExtensions, writeFullOutput } from "../../../src/ui/history/writeFullOutput.ts";
import { someRecord } from "./records.ts";

async function rawFile(context: TestContext, content: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "podbook-full-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "output"), content);
  return join(folder, "output");
}

const quiet = () => ({ onProgress: () => {}, signal: new AbortController().signal });

test("the full output is the run's text, private, and made once", async (context) => {
  const raw = await rawFile(context, "one\n\x1b[32mgreen\x1b[0m\n");
  const path = await writeFullOutput(someRecord(), raw, quiet());
  assert.match(path, /Gateway › Detection 2026-11-25 02\.14\.03\.podbook-output$/);
  assert.match(await readFile(path, "utf8"), /^▶ .*\n⏵ echo one\none\n⏵ false\n✗ exit 1 · 1.2 s\ngreen\n✗ failed/);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const { mtimeMs } = await stat(path);
  assert.equal(await writeFullOutput(someRecord(), raw, quiet()), path);
  assert.equal((await stat(path)).mtimeMs, mtimeMs);
});

test("of a run that goes on it is made anew with what is there", async (context) => {
  const raw = await rawFile(context, "one\n");
  const running = someRecord({ ended: null });
  const path = await writeFullOutput(running, raw, quiet());
  assert.match(path, / so far\.podbook-output$/);
  await appendFile(raw, "two\n");
  assert.match(await readFile(await writeFullOutput(running, raw, quiet()), "utf8"), /\ntwo\n.*running\n$/s);
});

test("a large file of plain text is opened itself, one with colours as text", async (context) => {
  const line = "plain text of a line\n";
  const plain = await rawFile(context, line.repeat(Math.ceil((mostForExtensions + 1) / line.length)));
  const seen: number[] = [];
  const path = await writeFullOutput(someRecord(), plain, { ...quiet(), onProgress: (done) => seen.push(done) });
  assert.equal((await stat(path)).ino, (await stat(plain)).ino);
  assert.equal(seen.at(-1), (await stat(plain)).size);
  await rm(path);
  await appendFile(plain, "\x1b[31mred\x1b[0m\n");
  assert.notEqual((await stat(await writeFullOutput(someRecord(), plain, quiet()))).ino, (await stat(plain)).ino);
});

test("what was cancelled leaves nothing behind", async (context) => {
  const raw = await rawFile(context, "\x1b[1m".repeat(1_000_000));
  const abort = new AbortController();
  const work = { onProgress: () => abort.abort(), signal: abort.signal };
  await assert.rejects(writeFullOutput(someRecord(), raw, work), CancelledError);
  assert.deepEqual(await readdir(join(raw, "..")), ["output"]);
});

test("a run without any output has a full output too", async (context) => {
  const raw = await rawFile(context, "");
  await rm(raw);
  assert.match(await readFile(await writeFullOutput(someRecord(), raw, quiet()), "utf8"), /⏵ echo one\n⏵ false\n/);
});

test("the end of a file begins with a line", async (context) => {
  const raw = await rawFile(context, "first\nsecond\nthird\n");
  assert.deepEqual(await readTail(raw, 100), { bytes: Buffer.from("first\nsecond\nthird\n"), from: 0 });
  assert.deepEqual(await readTail(raw, 9), { bytes: Buffer.from("third\n"), from: 13 });
  assert.equal((await readTail(`${raw}x`, 9)).bytes.length, 0);
});
