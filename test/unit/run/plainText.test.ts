import assert from "node:assert/strict";
import { test } from "node:test";
import { PlainText } from "../../../src/run/plainText.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function shown(...chunks: (string | Uint8Array)[]): string {
  const text = new PlainText();
  return chunks.map((chunk) => text.write(typeof chunk === "string" ? bytes(chunk) : chunk)).join("") + text.end();
}

const hostile =
  "é😀\x1b[1;31mred\x1b[0m a\r\nb\x1b]8;;http://x\x1b\\link\x1b]8;;\x07\n10%\r50%\r100%\nend\x00\x07 \x1b(Bx";
const hostileShown = "é😀red a\nblink\n100%\nend x\n";

test("terminal sequences and control characters are left out, carriage returns replace the line", () => {
  assert.equal(shown(hostile), hostileShown);
  assert.equal(shown("plain\nlines\n"), "plain\nlines\n");
  assert.equal(shown("done\r\r\n"), "done\n", "a return before the line end replaces nothing");
});

test("wherever the bytes are cut, the text is the same", () => {
  const all = bytes(hostile);
  for (let cut = 0; cut <= all.length; cut++) {
    assert.equal(shown(all.subarray(0, cut), all.subarray(cut)), hostileShown, `cut at ${cut}`);
  }
  assert.equal(shown(...Array.from(all, (_, index) => all.subarray(index, index + 1))), hostileShown, "byte by byte");
});

test("lines are given when they are complete, the unfinished one on demand", () => {
  const text = new PlainText();
  assert.equal(text.write(bytes("one\ntw")), "one\n");
  assert.equal(text.pending(), "tw");
  assert.equal(text.pending(), "");
  assert.equal(text.write(bytes("o\nthree")), "o\n");
  assert.equal(text.end(), "three\n");
});

test("a line that was shown and is then replaced stays, and the new one follows below", () => {
  const text = new PlainText();
  text.write(bytes("10%"));
  assert.equal(text.pending(), "10%");
  assert.equal(text.write(bytes("\r20%\n")), "\n20%\n");
});

test("a return at the end of a chunk replaces nothing until something follows", () => {
  assert.equal(shown("abc", "def\r\r", "\n"), "abcdef\n");
  assert.equal(shown("abc\r", "\r", "de\n"), "de\n");
  assert.equal(shown("one\r\ntwo\r\n", "three\rfour\r\n"), "one\ntwo\nfour\n");
});

test("a line end ends a sequence that was not ended, so that reading can begin after any line end", () => {
  const tail = "next\nlast\x1b\\\n";
  assert.equal(shown(`\x1b]0;title\n${tail}`), `]0;title\n${shown(tail)}`);
});

test("a line of many megabytes is given out in parts, and nothing of it is lost", () => {
  const text = new PlainText();
  const parts = Array.from({ length: 300 }, () => text.write(bytes("0123456789".repeat(1000))));
  assert.ok(parts.join("").length >= 1_990_000, "what is kept stays below the limit");
  assert.equal(parts.join("") + text.end(), `${"0123456789".repeat(300_000)}\n`);
});

test("a broken UTF-8 sequence is shown as such and nothing after it is lost", () => {
  assert.equal(shown(new Uint8Array([0xff, 0x41, 0x0a])), "\ufffdA\n");
});

test("an escape that never ends does not hold the text back for ever", () => {
  assert.equal(shown(`\x1b]0;${"x".repeat(10_000)}\n`, "after\n").endsWith("after\n"), true);
});
