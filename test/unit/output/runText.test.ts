import assert from "node:assert/strict";
import { test } from "node:test";
import { mostWaiting, RunText } from "../../../src/ui/output/runText.ts";

const leftOut = (bytes: number) => `<${bytes} left out>`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${String(from + index).padStart(7, "0")}\n`).join("");

test("what fits is shown in full and in order, with our own lines where they belong", () => {
  const text = new RunText(leftOut);
  text.line("⏵ one");
  text.write(Buffer.from("a\nunfinished"));
  text.line("⏵ two");
  text.line("⏵ three");
  text.write(Buffer.from("b\n"));
  assert.equal(text.end(), "⏵ one\na\nunfinished\n⏵ two\n⏵ three\nb\n");
});

test("taken piece by piece it is the same text", () => {
  const text = new RunText(leftOut);
  let taken = "";
  for (let index = 0; index < 500; index++) {
    text.write(Buffer.from(`é😀 ${index}\r\n`));
    if (index % 50 === 0) text.line(`⏵ ${index}`);
    taken += text.take(7);
  }
  assert.equal(
    taken + text.end(),
    Array.from({ length: 500 }, (_, index) => `é😀 ${index}\n${index % 50 === 0 ? `⏵ ${index}\n` : ""}`).join(""),
  );
});

test("of a flood the last lines are shown whole, and how much is missing is said to the byte", () => {
  const text = new RunText(leftOut);
  const all = lines(0, 200_000);
  text.line("⏵ first");
  for (let at = 0; at < all.length; at += 65_536) text.write(Buffer.from(all.slice(at, at + 65_536)));
  text.line("✗ exit 1");
  const shown = text.end();
  const [, missing = "", rest = ""] = /^⏵ first\n<(\d+) left out>\n([\s\S]*)✗ exit 1\n$/.exec(shown) ?? [];
  assert.equal(all.slice(Number(missing)), rest, "nothing else is missing");
  assert.ok(rest.length > mostWaiting - 100 && rest.length <= mostWaiting);
  assert.match(rest, /^line \d{7}\n/, "it begins at the beginning of a line");
});

test("while a flood goes on, each gap is said where it is and all gaps add up", () => {
  const text = new RunText(leftOut);
  const all = lines(0, 400_000);
  let shown = "";
  for (let at = 0; at < all.length; at += 100_000) {
    text.write(Buffer.from(all.slice(at, at + 100_000)));
    if (at % 500_000 === 0) shown += text.take(65_536);
  }
  shown += text.end();
  let at = 0;
  for (const part of shown.split(/(<\d+ left out>\n)/)) {
    const gap = /^<(\d+) left out>\n$/.exec(part);
    // A line that a gap cuts off is closed before it.
    const text = all.startsWith(part, at) ? part : part.slice(0, -1);
    if (!gap) assert.ok(all.startsWith(text, at), `what follows ${at}`);
    at += gap ? Number(gap[1]) : text.length;
  }
  assert.equal(at, all.length);
  assert.ok(shown.includes("left out"));
});

test("our own lines stay also where the output around them is left out", () => {
  const text = new RunText(leftOut);
  for (let command = 0; command < 20; command++) {
    text.line(`⏵ ${command}`);
    text.write(Buffer.from(lines(0, 20_000)));
  }
  const own = text.end().match(/^⏵ \d+$/gm);
  assert.deepEqual(
    own,
    Array.from({ length: 20 }, (_, command) => `⏵ ${command}`),
  );
});

test("in one endless line no character is torn", () => {
  const text = new RunText(leftOut);
  for (let count = 0; count < 60; count++) text.write(Buffer.from("😀".repeat(10_000)));
  const shown = text.end();
  assert.match(shown, /^<\d+ left out>\n(😀)+\n$/u);
});

test("colours cut off by a gap leave no rest", () => {
  const text = new RunText(leftOut);
  for (let count = 0; count < 60_000; count++) text.write(Buffer.from(`\x1b[1;32m${count}\x1b[0m some words\n`));
  for (const line of text.end().trimEnd().split("\n")) assert.match(line, /^(\d+ some words|<\d+ left out>)$/);
});
