import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonBytes, WholeCharacters } from "../../../src/cli/run/wholeCharacters.ts";

function through(chunks: readonly Uint8Array[]): JsonBytes[] {
  const whole = new WholeCharacters();
  return [...chunks.map((chunk) => whole.write(chunk)), whole.end()].filter((one) => one !== null);
}

test("characters that are cut anywhere come whole", () => {
  const text = "aé日😀z";
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const parts = through(chunks);
    assert.equal(parts.map((part) => ("text" in part ? part.text : "?")).join(""), text, `chunks of ${size}`);
  }
});

test("bytes that are no UTF-8 come as base64, and none is lost", () => {
  for (const chunks of [
    [[0xff, 0xfe]],
    [[0x61, 0xc3]],
    [[0xe2, 0x82], [0x41]],
    [[0x80, 0x80, 0x80, 0x80]],
    [[0xf0, 0x9f]],
  ]) {
    const parts = through(chunks.map((chunk) => Uint8Array.from(chunk)));
    assert.ok(parts.some((part) => "base64" in part));
    const bytes = parts.flatMap((part) => [
      ...("text" in part ? Buffer.from(part.text) : Buffer.from(part.base64, "base64")),
    ]);
    assert.deepEqual(bytes, chunks.flat());
  }
});
