import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mayShowSecrets } from "../../../src/journal/secretScreen.ts";
import { mayHoldSecrets } from "../../../src/journal/secretShapes.ts";

const words = [
  ..."eyJhbGciOi earer Earer bearer secret SECRET eCRET Ecret token TOKEN oken oKEN password PASSWORD sSWORD".split(
    " ",
  ),
  ...'Password passwd Swo data: data" data\\ :// _PWD CLI_AUTH authorization AUTHORIZATION PRIVATE'.split(" "),
  ..."KEY PRIVATE\u0020KEY request handled status=200 path ms=12 /api/v1 \n . é".split(" "),
];

/** A text at an address that is even or odd, as parts of larger buffers are. */
function at(text: string, offset: number): Buffer {
  const whole = Buffer.alloc(text.length + offset);
  whole.write(text, offset, "latin1");
  return whole.subarray(offset);
}

test("bytes that the screen lets through hold nothing that the shapes begin with", () => {
  const texts = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 12 });
  fc.assert(
    fc.property(texts, fc.constantFrom("", " ", "="), fc.nat({ max: 3 }), (parts, between, offset) => {
      const text = Buffer.from(parts.join(between)).toString("latin1");
      if (mayHoldSecrets(text)) assert.ok(mayShowSecrets(at(text, offset)), text);
    }),
    { numRuns: 5000 },
  );
});

test("each sign is seen at every place, cut off at the end of the bytes too", () => {
  for (const word of words) {
    if (!mayHoldSecrets(word)) continue;
    for (let before = 0; before < 5; before++) {
      for (let offset = 0; offset < 2; offset++) {
        assert.ok(mayShowSecrets(at("-".repeat(before) + word, offset)), `${word} behind ${before}`);
      }
    }
  }
});

test("ordinary output is let through", () => {
  const line = "2026-11-25T03:00:00Z INFO request handled path=/api/status status=200 ms=12\n";
  assert.equal(mayShowSecrets(Buffer.from(line.repeat(100))), false);
});
