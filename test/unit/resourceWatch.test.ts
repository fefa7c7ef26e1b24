import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiClient, StreamReader } from "../../src/cluster/apiClient.ts";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import { type ResourceHandler, type WatchPace, watchResource } from "../../src/cluster/resourceWatch.ts";

const list = { items: [{ metadata: { name: "one", uid: "1" } }], metadata: { resourceVersion: "5" } };
const event = JSON.stringify({ type: "ADDED", object: { metadata: { name: "two", uid: "2", resourceVersion: "6" } } });

const unknownType = JSON.stringify({ type: "RENAMED", object: { metadata: { name: "two", uid: "2" } } });

/**
 * What a watch tells of an API whose lists and watches give these answers, until it has heard of the object "two". A line
 * that is null breaks the connection; `alive` is what a small list gives after that.
 */
async function told(
  pages: readonly unknown[],
  lines: readonly (string | null)[],
  alive: readonly unknown[] = [],
): Promise<string[]> {
  const all: string[] = [];
  const ending = new AbortController();
  const [left, streams, signs] = [[...pages], [...lines], [...alive]];
  const client = {
    get: async () => {
      all.push("asked for a sign of life");
      return signs.length > 0 ? signs.shift() : list;
    },
    page: async () => (left.length > 0 ? left.shift() : list),
    stream: async (_path: string, _query: unknown, signal: AbortSignal, reader: StreamReader) => {
      reader.onOpen();
      const line = streams.shift();
      if (line === null) throw new ClusterError("unreachable", "Cut off.", "Look at the network.");
      reader.onLine(line ?? event);
      signal.throwIfAborted();
    },
  } as unknown as ApiClient;
  const handler: ResourceHandler = {
    begin: () => void all.push("begin"),
    page: () => {},
    complete: () => void all.push("complete"),
    changed: ({ metadata }) => {
      all.push(`changed ${metadata.name}`);
      ending.abort();
    },
    deleted: () => {},
    live: () => void all.push("live"),
    heard: () => {},
    failed: (error: ClusterError) => void all.push(`failed: ${error.reason}`),
  };
  const pace: WatchPace = { ready: async () => {}, round: () => new AbortController().signal, longestMs: 10 };
  await watchResource(client, "/pods", handler, pace, ending.signal);
  return all;
}

const whole = ["begin", "complete", "live", "changed two"];

test("a list, and what comes after it", async () => {
  assert.deepEqual(await told([], []), whole);
});

for (const line of [
  "[1, null]",
  "null",
  '"text"',
  "{}",
  unknownType,
  '{"type":"ADDED"}',
  '{"type":"ADDED","object":{"metadata":{}}}',
]) {
  test(`a line of a watch that is no event is a failure of the server, and all is asked anew: ${line}`, async () => {
    assert.deepEqual(await told([], [line]), ["begin", "complete", "live", "failed: server", ...whole]);
  });
}

for (const page of [null, [], "text", {}, { items: [null], metadata: { resourceVersion: "5" } }, { items: [] }]) {
  test(`an answer that is no list is a failure of the server, and it is asked for anew: ${JSON.stringify(page)}`, async () => {
    assert.deepEqual(await told([page], []), ["begin", "failed: server", ...whole]);
  });
}

test("a watch that broke off is resumed only when the API is seen to answer", async () => {
  const sign = "asked for a sign of life";
  const again = ["live", "changed two"];
  assert.deepEqual(await told([], [null]), ["begin", "complete", "live", "failed: unreachable", sign, ...again]);
  const refused = ["begin", "complete", "live", "failed: unreachable", sign, "failed: server"];
  assert.deepEqual(await told([], [null], ["<html>"]), [...refused, ...whole]);
});
