import assert from "node:assert/strict";
import { it } from "node:test";
import type { Memento, Uri } from "vscode";
import { RememberedValues } from "../../src/ui/prompts/rememberedValues.ts";

const pods = { toString: () => "file:///pods.md" } as Uri;
const database = { toString: () => "file:///database.md" } as Uri;

function memory(): Memento {
  const kept = new Map<string, unknown>();
  const update = async (key: string, value: unknown) => void kept.set(key, value);
  return { keys: () => [...kept.keys()], get: (key: string) => kept.get(key), update } as unknown as Memento;
}

it("remembers a value per runbook", async () => {
  const values = new RememberedValues(memory());
  await values.set(pods, "<pod>", "api-1");
  assert.equal(values.get(pods, "<pod>"), "api-1");
  assert.equal(values.get(database, "<pod>"), undefined);
});

it("knows what was given in an incident in every runbook, until it ends", async () => {
  const kept = memory();
  const values = new RememberedValues(kept);
  await values.set(database, "<pod>", "old");
  values.during("one");
  await values.set(pods, "<pod>", "api-1");
  assert.equal(values.get(database, "<pod>"), "api-1");
  const reloaded = new RememberedValues(kept);
  reloaded.during("one");
  assert.equal(reloaded.get(database, "<pod>"), "api-1", "a window that is loaded anew goes on with it");
  values.during("two");
  assert.equal(values.get(database, "<pod>"), "old", "another incident has its own");
  values.during(null);
  assert.equal(values.get(pods, "<pod>"), "api-1", "the runbook still knows what it was given");
});
