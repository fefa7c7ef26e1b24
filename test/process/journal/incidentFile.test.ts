import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IncidentFile } from "../../../src/journal/incidentFile.ts";
import { ownFolder } from "../../unit/journal/runs.ts";

const source = join(import.meta.dirname, "../../../src/journal/incidentFile.ts");

test("what was added is there after a kill -9, and the next window goes on from it", async (context) => {
  const folder = await ownFolder(context);
  const path = join(folder, "incidents", "one.jsonl");
  const script = join(folder, "writer.ts");
  writeFileSync(
    script,
    `import { IncidentFile } from ${JSON.stringify(source)};
    const file = await IncidentFile.open({ path: ${JSON.stringify(path)}, by: "ana", now: Date.now });
    for (let count = 0; ; count++) {
      await file.add({ type: "note", text: "note " + count });
      process.stdout.write(count + "\\n");
    }`,
  );
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) {
      said += chunk;
      if (said.split("\n").length > 20) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const shown = said.split("\n").slice(0, -1).length;
    const before = readFileSync(path, "utf8").split("\n").filter(Boolean).length;
    const file = await IncidentFile.open({ path, by: "bob", now: Date.now });
    assert.ok(file.entries.length >= shown, `${file.entries.length} of ${shown}`);
    assert.ok(file.entries.length >= before - 1);
    await file.close();
  }
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("a line that was cut off is left out, and what follows stands on a line of its own", async (context) => {
  const path = join(await ownFolder(context), "incident.jsonl");
  const first = await IncidentFile.open({ path, by: "ana", now: () => 1 });
  await first.add({ type: "note", text: "one" });
  await first.close();
  appendFileSync(path, '{"type":"note","text":"cut');
  const second = await IncidentFile.open({ path, by: "bob", now: () => 2 });
  await second.add({ type: "note", text: "two" });
  await second.close();
  const third = await IncidentFile.open({ path, by: "bob", now: () => 3 });
  assert.deepEqual(
    third.entries.map((entry) => entry.type === "note" && entry.text),
    ["one", "two"],
  );
  await third.close();
});

test("what looks like a secret is masked", async (context) => {
  const path = join(await ownFolder(context), "incident.jsonl");
  const file = await IncidentFile.open({ path, by: "ana", now: () => 1 });
  await file.add({
    type: "note",
    text: "used Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlc2ln",
  });
  await file.close();
  assert.doesNotMatch(readFileSync(path, "utf8"), /eyJhbGci/);
});

test("a note is kept whatever is masked in it", async (context) => {
  const path = join(await ownFolder(context), "incident.jsonl");
  const file = await IncidentFile.open({ path, by: "ana", now: () => 1 });
  await file.add({ type: "note", text: "token='abcdefghi" });
  await file.add({ type: "note", text: 'set PGPASSWORD="hunter2hunter2' });
  await file.close();
  assert.deepEqual(
    file.entries.map((entry) => entry.type === "note" && entry.text),
    ["token='***", 'set PGPASSWORD="***'],
  );
  assert.doesNotMatch(readFileSync(path, "utf8"), /abcdefghi|hunter2/);
});
