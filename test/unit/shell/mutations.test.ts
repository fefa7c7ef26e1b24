import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import type { BlockAnalysis } from "../../../src/shell/analysis.ts";
import { soaking } from "../../soak.ts";
import { processorMs } from "../processorTime.ts";
import { randomNumbers } from "./random.ts";
import { analyse } from "./shellParser.ts";

const folder = new URL("../../../demo/runbooks/", import.meta.url);
const blocks = ["pod-failures", "network-failures", "database-failures", "emergency-procedures"].flatMap((name) =>
  readRunbook(readFileSync(new URL(`runbook-${name}.md`, folder), "utf8")).blocks.map(({ text }) => text),
);
const commands = readFileSync(new URL("commands.tsv", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => `${line.split("\t")[1]?.replaceAll("⏎", "\n")}\n`);
const inserted =
  `( ) { } $( \` " ' <<EOF\n \\ \n | && ; <x> $X \${ [[ ]] do done if fi esac # $' <( > \r \0 \u00a0 é 😀 {{x}}`.split(
    " ",
  );

/** The analysis of a text, which must take less than a second of the processor in one of three trials. */
function analyseInTime(text: string, language: string): BlockAnalysis {
  for (let trial = 1; ; trial++) {
    let analysis: BlockAnalysis | undefined;
    const took = processorMs(() => {
      analysis = analyse(text, language);
    });
    if (analysis && took < 1000) return analysis;
    assert.ok(trial < 3, `too slow: ${text.slice(0, 60)}`);
  }
}

/** Analyses a text, and checks what holds for every analysis. */
function check(text: string, language: string): void {
  const analysis = analyseInTime(text, language);
  const { script, placeholders } = analysis;
  const lines = text.split("\n");
  assert.equal(script.split("\n").length, lines.length);
  let before = 0;
  for (const { start, end, text: command, effect, reasons, line, endLine, commentLine } of analysis.commands) {
    assert.equal(script.slice(start, end), command);
    assert.ok(start >= before && commentLine <= line && line <= endLine && endLine < lines.length);
    assert.equal(reasons.length > 0, effect !== "read");
    before = end;
  }
  for (const { name, start, end, line, column } of placeholders) {
    assert.equal(script.slice(start, end), name);
    assert.equal(lines[line]?.slice(column, column + name.length), name);
  }
  for (const { start, end, line, column } of analysis.syntaxErrors) {
    assert.ok(start <= end && end <= script.length && line < lines.length && column >= 0);
  }
}

const mutations = soaking ? 10_000 : 1_500;

test(`${mutations} mutations of commands and blocks: never an exception, never long`, () => {
  const next = randomNumbers(2026);
  const seeds = [...blocks, ...commands];
  for (let count = 0; count < mutations; count++) {
    let text = seeds[next(seeds.length)] ?? "";
    for (let change = next(4); change >= 0; change--) {
      const from = next(text.length + 1);
      const to = Math.min(text.length, from + next(30));
      const other = next(text.length + 1);
      const kinds = [
        () => text.slice(0, from) + text.slice(to),
        () => text.slice(0, to) + text.slice(from),
        () => text.slice(0, from) + text.slice(other, other + 20) + text.slice(to),
        () => text.slice(0, from) + (inserted[next(inserted.length)] ?? "") + text.slice(from),
        () => text.slice(0, from) + String.fromCharCode(next(next(2) === 0 ? 128 : 65_536)) + text.slice(from + 1),
      ];
      text = kinds[next(kinds.length)]?.() ?? text;
    }
    check(text, ["bash", "console", "sh", "zsh"][next(4)] ?? "");
  }
});

test("deep nesting, long lines and many of everything end in time", () => {
  const parts = [
    "(",
    "$(",
    "`",
    '"',
    "'",
    "{",
    "<a",
    "<a>",
    "<pod> ",
    "<<A\n",
    "{{ a }}",
    "if ",
    "a;",
    "a|",
    "f(){ ",
    "$ a\n",
    '$ "\n',
    "\\\n",
    "$X ",
    "${X:-",
    "a=(",
    "ls\nNAME  READY\n",
    "x: y\n",
    "sudo ",
    "\n",
    "[a] ",
    "eval ",
  ];
  for (const part of parts) {
    for (const length of [20_000, 1_000_000]) {
      check(part.repeat(length / part.length), "console");
    }
  }
  const calls = Array.from({ length: 12 }, (_, index) => `f${index}(){ ${`f${index + 1};`.repeat(5)} }`).join("\n");
  check(`${calls}\nf0`, "bash");
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    check(`${name} x; kubectl ${name}; sudo ${name}; kubectl delete x --dry-run=${name}; helm ${name}`, "bash");
    assert.equal(analyse(`kubectl delete pod x --dry-run=${name}`).commands[0]?.effect, "destroy");
  }
});
