import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Effect } from "../../../src/shell/analysis.ts";
import { worse } from "../../../src/shell/effects/verdict.ts";
import { analyse } from "./shellParser.ts";

/** Commands of public runbooks, and harder ones, each with the effect that a person gave it. `⏎` is a line break. */
const table = readFileSync(new URL("commands.tsv", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => {
    const [effect = "", command = ""] = line.split("\t");
    assert.ok(effect === "read" || effect === "change" || effect === "destroy", line);
    return { effect, text: command.replaceAll("⏎", "\n") };
  });

function effectOf(text: string): Effect | "not shell" {
  const { kind, commands } = analyse(text);
  return kind === "shell" ? commands.map(({ effect }) => effect).reduce(worse, "read") : "not shell";
}

test("no change is taken for a read, and few reads for changes", (context) => {
  assert.ok(table.length >= 300);
  const missed: string[] = [];
  const overdone: string[] = [];
  const milder: string[] = [];
  let reads = 0;
  for (const { effect, text } of table) {
    const found = effectOf(text);
    if (effect === "read") reads++;
    if (effect === "read" && found !== "read") overdone.push(`${found}: ${text}`);
    if (effect !== "read" && found !== "change" && found !== "destroy") missed.push(`${found}: ${text}`);
    if (effect === "destroy" && found === "change") milder.push(text);
  }
  context.diagnostic(
    `${table.length} commands: ${missed.length} changes taken for reads, ${overdone.length} of ${reads} reads taken for changes, ${milder.length} destructions taken for changes`,
  );
  assert.deepEqual(missed, []);
  assert.ok(overdone.length <= reads * 0.05, overdone.join("\n"));
  assert.ok(milder.length <= table.length * 0.01, milder.join("\n"));
});

test("what hides a change behind quotes, wrappers, nesting and the parser's mistakes is never a read", () => {
  const commands = readFileSync(new URL("neverRead.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  assert.ok(commands.length > 130);
  const missed = commands.filter((line) => !["change", "destroy"].includes(effectOf(line.replaceAll("⏎", "\n"))));
  assert.deepEqual(missed, []);
});

test("every effect that is no read says why", () => {
  for (const { text } of table) {
    for (const { effect, reasons } of analyse(text).commands) {
      assert.equal(reasons.length > 0, effect !== "read", text);
      assert.ok(
        reasons.every((reason) => /^\S+ (.*\S)?$/s.test(reason) && !/\{\d\}|\uFFFC/.test(reason)),
        reasons.join("; "),
      );
    }
  }
});
