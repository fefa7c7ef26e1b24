import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { RunbookReader } from "../../../src/runbook/runbookReader.ts";
import { soaking } from "../../soak.ts";
import { processorMs } from "../processorTime.ts";
import { bareFences } from "./bareMarkdown.ts";

const folder = fileURLToPath(new URL("../../../demo/runbooks", import.meta.url));
const runbooks = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
const mutations = soaking ? 10_000 : 1_500;
const longestMs = 1000;
const fragments = [
  ..."[]()`*_<>&\\!|:\"'#~-=\n\t\r\0",
  ...[
    "```",
    "~~~",
    "**",
    "<!--",
    "-->",
    "![",
    "](",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\n\n",
    "\ud800",
    "[a]: /b\n",
    "**Impact:**",
  ],
];

/** Reads a text and checks that it took less than a second of the processor, in one of three times. */
function readInTime(text: string, hint: string): void {
  const times: number[] = [];
  do {
    times.push(processorMs(() => assert.ok(Array.isArray(readRunbook(text).blocks), hint)));
  } while (times.length < 3 && Math.min(...times) >= longestMs);
  assert.ok(Math.min(...times) < longestMs, `${times.map((time) => time.toFixed(0)).join(", ")} ms: ${hint}`);
}

test(`${mutations} mutated runbooks are read without an error, each in less than a second`, () => {
  const random = seeded(20_261_123);
  const upTo = (count: number) => Math.floor(random() * count);
  const mutate = (text: string): string => {
    const at = upTo(text.length);
    const to = Math.min(text.length, at + upTo(120));
    const [before, piece, behind] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
    const fragment = fragments[upTo(fragments.length)] ?? "";
    const swapped = behind.slice(0, piece.length) + piece + behind.slice(piece.length);
    const nested = (["> ", "- ", "  ", "1. "][upTo(4)] ?? "").repeat(upTo(60));
    return (
      [
        () => before + behind,
        () => before + piece + piece + behind,
        () => before + swapped,
        () => before + fragment + piece + behind,
        () => before + fragment.repeat(upTo(400)) + behind,
        () => before + nested + piece + behind,
        () => before + piece.replaceAll("\n", `\n${nested}`) + behind,
        () =>
          Buffer.concat([
            Buffer.from(before).subarray(0, -1 - upTo(3)),
            Buffer.from(behind).subarray(upTo(3)),
          ]).toString(),
      ][upTo(8)]?.() ?? text
    );
  };
  for (let mutation = 0; mutation < mutations; mutation++) {
    const whole = runbooks[mutation % runbooks.length] ?? "";
    const start = mutation % 50 === 0 ? 0 : upTo(whole.length);
    let text = mutation % 50 === 0 ? whole : whole.slice(start, start + 1500);
    for (let times = upTo(4); times >= 0; times--) text = mutate(text);
    readInTime(text, `mutation ${mutation}`);
    if (mutation % 10 === 0) {
      const fences = bareFences(text).map(({ line, text: own }) => ({ line, text: own }));
      const blocks = readRunbook(text).blocks.map(({ line, text: own }) => ({ line, text: own }));
      assert.deepEqual(
        fences.filter(({ line }) => blocks.some((block) => block.line === line)),
        blocks,
        `${mutation}`,
      );
    }
  }
});

const long: readonly (readonly [what: string, begin: string, repeat: string])[] = [
  ["one word", "", "a"],
  ["spaces", "- a", " "],
  ["brackets", "", "["],
  ["images in comments", "", " ![--><!--Impact:- [ ] "],
  ["links in links", "", "[a]("],
  ["backticks", "## Metrics\n\n- ", "`a``b```c"],
  ["emphasis", "**Impact:** ", "*a **b _c"],
  ["quotes", "", "> "],
  ["lists", "", "- "],
  ["tags", "", "<a x='"],
  ["table", "# A\n## Contacts\n| a | b |\n|---|---|\n| ", "| - "],
  ["info string", "```bash ", "a=' "],
  ["addresses", "# A\n## Contacts\n- ", "a@b.c)http://"],
  ["one shell line", "```bash\n", "kubectl get pods "],
  ["promql", "```promql\n", "rate(a["],
];
for (const [what, begin, repeat] of long) {
  test(`a line of a megabyte is read in less than a second: ${what}`, () => {
    readInTime(begin + repeat.repeat(2 ** 20 / repeat.length), what);
  });
}

test("very deep and very many structures are read in less than a second", () => {
  const lines = 20_000;
  readInTime(Array.from({ length: lines }, (_, line) => `${">".repeat(line % 40)} a`).join("\n"), "quotes");
  readInTime(Array.from({ length: 2000 }, (_, line) => `${" ".repeat(line)}- a`).join("\n"), "nested lists");
  readInTime("- - - - - - - - - - - a\n".repeat(lines), "lists in lists");
  readInTime("```sh\na\n```\n".repeat(lines), "blocks");
  readInTime("# a\n".repeat(lines), "headings");
  readInTime("**Impact**: a\n".repeat(lines), "fields");
  readInTime(`# A\nImpact: ${"a\n".repeat(lines)}`, "a long field");
  readInTime(Array.from({ length: lines }, (_, line) => `[a${line}]: b`).join("\n"), "definitions");
});

test("an edit of a megabyte's line is read in less than a second", () => {
  const reader = new RunbookReader();
  const line = "some words and [a link](file.md) ".repeat(32_000);
  reader.update(`# A\n\n${line}\n`);
  const times = ["x", "y", "z"].map((typed) => {
    return processorMs(() => assert.equal(reader.update(`# A\n\n${typed}${line}\n`).links.length, 32_000));
  });
  assert.ok(Math.min(...times) < longestMs, `${times}`);
});

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
