import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  type DrillBeginning,
  DrillFile,
  keptDrills,
  ownerPresence,
  readDrill,
} from "../../../src/journal/drillFile.ts";
import { gateway } from "../../unit/drill/states.ts";
import { ownFolder } from "../../unit/journal/runs.ts";

const source = join(import.meta.dirname, "../../../src/journal/drillFile.ts");
const beginning: DrillBeginning = {
  scenario: "1. API Gateway Pod Failure",
  runbook: "file:///pods.md",
  target: { context: "bed", namespace: "pyairtable" },
  server: "https://127.0.0.1:6443",
  failure: "scale-to-zero",
  workload: "api-gateway",
  before: [gateway],
  at: 1000,
};

test("a drill is on the disk before it breaks anything, and gone once it was put back", async (context) => {
  const folder = join(await ownFolder(context), "drills");
  assert.deepEqual(await keptDrills(folder), []);
  assert.equal(existsSync(folder), false, "looking makes nothing");
  const file = await DrillFile.begin(folder, "one", beginning);
  const [kept] = await keptDrills(folder);
  assert.ok(kept);
  assert.equal(statSync(file.path).mode & 0o777, 0o600);
  assert.deepEqual(kept.changes, { before: [gateway], left: [gateway], unsure: [] });
  assert.equal(kept.injected, false);
  assert.equal(await ownerPresence(kept), "alive");
  await file.end();
  assert.deepEqual(readdirSync(folder), []);
  assert.equal(await readDrill(file.path), null);
});

test("what the drill has left counts, and what it was changing when it was cut off is not known", async (context) => {
  const folder = await ownFolder(context);
  const file = await DrillFile.begin(folder, "one", beginning);
  await file.changing(["api-gateway"]);
  await file.left([{ ...gateway, replicas: 0 }]);
  const known = await readDrill(file.path);
  assert.deepEqual(known?.changes, { before: [gateway], left: [{ ...gateway, replicas: 0 }], unsure: [] });
  assert.equal(known?.injected, true);
  await file.changing(["postgres", "api-gateway"]);
  await file.close();
  appendFileSync(file.path, '{"type":"left","sta');
  assert.deepEqual((await readDrill(file.path))?.changes.unsure, ["postgres", "api-gateway"]);
});

test("a drill whose owner was killed is known for that, until the next window takes it", async (context) => {
  const folder = await ownFolder(context);
  const script = join(folder, "drill.ts");
  writeFileSync(
    script,
    `import { DrillFile } from ${JSON.stringify(source)};
    await DrillFile.begin(${JSON.stringify(folder)}, "one", ${JSON.stringify(beginning)});
    process.stdout.write("begun");
    setInterval(() => {}, 1000);`,
  );
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const [running] = await keptDrills(folder);
  assert.ok(running);
  assert.equal(await ownerPresence(running), "alive");
  child.kill("SIGKILL");
  await once(child, "close");
  assert.equal(await ownerPresence(running), "gone");
  const file = await DrillFile.take(running.path);
  const taken = await readDrill(running.path);
  assert.deepEqual(taken?.beginning.before, [gateway]);
  assert.equal(taken?.owner?.pid, process.pid);
  await file.close();
});
