import assert from "node:assert/strict";
import { test } from "node:test";
import type { SecretStorage } from "vscode";
import { ServerCredentials } from "../../../src/ui/metrics/serverCredentials.ts";

function storage() {
  const kept = new Map<string, string>();
  const secrets: Pick<SecretStorage, "get" | "store" | "delete" | "onDidChange"> = {
    get: async (key) => kept.get(key),
    store: async (key, value) => {
      kept.set(key, value);
    },
    delete: async (key) => {
      kept.delete(key);
    },
    onDidChange: () => ({ dispose: () => {} }),
  };
  return { kept, credentials: new ServerCredentials(secrets as SecretStorage) };
}

test("credentials are had for the server they were given for, and for no other", async () => {
  const { credentials } = storage();
  const bearer = { kind: "bearer", token: "t0ken" } as const;
  await credentials.set("https://one.example.com", bearer);
  assert.deepEqual(await credentials.get("https://one.example.com"), bearer);
  for (const other of ["https://one.example.com:8443", "http://one.example.com", "https://one.example.com.evil"]) {
    assert.equal(await credentials.get(other), null);
  }
});

test("none deletes what was given", async () => {
  const { kept, credentials } = storage();
  await credentials.set("a", { kind: "basic", user: "anna", password: "" });
  assert.equal((await credentials.get("a"))?.kind, "basic");
  await credentials.set("a", null);
  assert.equal(await credentials.get("a"), null);
  assert.equal(kept.size, 0);
});
