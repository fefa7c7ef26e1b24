import assert from "node:assert/strict";
import { test } from "node:test";
import { mostCopied, runAsMarkdown, runAsText } from "../../../src/ui/history/copyRun.ts";
import { someRecord } from "./records.ts";

const tail = (text: string, from = 0) => ({ bytes: Buffer.from(text), from });
/** A record whose one command printed so many bytes. */
const printed = (bytes: number) => {
  const record = someRecord();
  return { ...record, commands: record.commands.map((event) => ({ ...event, offset: event.offset && bytes })) };
};

test("a copy tells what, where, when, the commands with their output, and how it ended", async () => {
  assert.equal(
    await runAsMarkdown(someRecord(), tail("one\n")),
    `**Gateway › Detection** on \`kind/pyairtable\`
2026-11-25 02:14:03 · ✗ failed, exit 1 · 1.3 s

\`\`\`console
$ echo one
one
$ false
✗ exit 1 · 1.2 s
\`\`\`
`,
  );
  assert.equal(
    await runAsText(someRecord(), tail("one\n")),
    `Gateway › Detection on kind/pyairtable, 2026-11-25 02:14:03

$ echo one
one
$ false
✗ exit 1 · 1.2 s
✗ failed, exit 1 · 1.3 s
`,
  );
});

test("output with fences in it stays inside its fence", async () => {
  const output = "text\n```\ncode\n`````\nrest\n";
  const lines = (await runAsMarkdown(printed(output.length), tail(output))).split("\n");
  assert.equal(lines[3], "``````console");
  assert.equal(lines.filter((line) => line === "``````").length, 1);
  assert.ok(lines.includes("`````"));
});

test("a title is no Markdown", async () => {
  const [first] = (await runAsMarkdown(someRecord({ start: { title: "a_b *c* `d` [e]" } }), tail(""))).split("\n");
  assert.equal(first, "**a\\_b \\*c\\* \\`d\\` \\[e\\]** on `kind/pyairtable`");
});

test("of much output the last lines are copied, and what was left out is said before them", async () => {
  const lines = Array.from({ length: 1_234 }, (_, index) => `line ${index}`);
  const output = `${lines.join("\n")}\n`;
  const copied = (await runAsText(printed(output.length), tail(output))).split("\n");
  const at = copied.indexOf("⋯ 1034 lines of output left out");
  assert.deepEqual(copied.slice(at - 1, at), ["$ echo one"]);
  assert.deepEqual(copied.slice(at + 1, at + 1 + mostCopied), lines.slice(-mostCopied));
  assert.equal(copied[at + 1 + mostCopied], "$ false");
});

test("where only the end of the output was read, its size is said", async () => {
  const copied = await runAsText(printed(48_000_000), tail("last\n", 47_999_995));
  assert.match(copied, /^\$ echo one\n⋯ more than 48\.0 MB of output left out\nlast\n\$ false$/m);
});
