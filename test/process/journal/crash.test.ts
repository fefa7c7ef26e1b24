import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import { unfinishedPrefix } from "../../../src/journal/fileJournal.ts";
import { isRunId, readRun } from "../../../src/journal/recordReader.ts";
import { soaking } from "../../soak.ts";
import { outputs, ownFolder } from "../../unit/journal/runs.ts";

const kills = soaking ? 200 : 40;
const sideBySide = 4;
/** In ms; a writer goes through several runs in this time. */
const longestLife = 40;
const whole = Buffer.concat(outputs);

/** Kills a writer at a random moment after its first line; gives what it had shown: run, bytes of output, commands. */
async function killWriter(writer: string, folder: string): Promise<[id: string, bytes: number, commands: number][]> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const shown = text(child.stdout);
  await once(child.stdout, "readable");
  await delay(Math.random() * longestLife);
  child.kill("SIGKILL");
  const lines = (await shown).split("\n").slice(0, -1);
  const last = new Map(
    lines.map((line) => line.split(" ")).map(([id = "", bytes, commands]) => [id, [bytes, commands]]),
  );
  return [...last].map(([id, [bytes, commands]]) => [id, Number(bytes), Number(commands)]);
}

test(`${kills} kills -9 at random moments tear no record and lose no byte that was shown`, async (context) => {
  const folder = await ownFolder(context);
  const writer = join(await ownFolder(context), "writer.mjs");
  // Bundled once: it then starts in a fifth of the time.
  const entryPoints = [join(import.meta.dirname, "crashingWriter.ts")];
  await build({ entryPoints, bundle: true, platform: "node", format: "esm", outfile: writer });
  let left = kills;
  const shown: [id: string, bytes: number, commands: number][] = [];
  const worker = async () => {
    while (left-- > 0) shown.push(...(await killWriter(writer, folder)));
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  const names = await readdir(folder);
  const ids = names.filter(isRunId);
  const unfinished = names.filter((name) => name.startsWith(unfinishedPrefix)).length;
  for (const id of ids) assert.ok(await readRun(folder, id), `the record of ${id} cannot be read`);
  for (const [id, bytes, commands] of shown) {
    const run = await readRun(folder, id);
    assert.ok(run, `${id} was begun and is not there`);
    assert.ok(
      run.record.commands.length >= commands,
      `${id} lost commands: ${run.record.commands.length} of ${commands}`,
    );
    const output = await readFile(join(folder, id, "output"));
    assert.ok(output.length >= bytes, `${id} lost output: ${output.length} of ${bytes}`);
    assert.ok(output.equals(whole.subarray(0, output.length)), `${id} has other output`);
  }
  const during = shown.filter(([, bytes]) => bytes > 0).length;
  context.diagnostic(
    `${shown.length} runs shown, ${during} of them with output, ${ids.length} records, ${unfinished} unfinished`,
  );
  assert.ok(shown.length >= kills && during > 0);
});
