import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { documentLines } from "../../../src/lint/documentLines.ts";
import type { Problem } from "../../../src/lint/problem.ts";
import { soaking } from "../../soak.ts";
import { processorMs } from "../processorTime.ts";
import { lint, withFix } from "./linting.ts";

const folder = fileURLToPath(new URL("../../../demo/runbooks/", import.meta.url));
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => readFileSync(join(folder, name), "utf8"));
const scraps = [
  ..."`'\"()[]{}<>|&;$#\\\n\r\t -~>*!\0\uFEFF\uD83D\u2028",
  ..."``` |```bash\n|<<EOF|$(|<pod-name>|/path/to/|kubectl get ep|\r\n|> |- |1. |[a](b.md)|if |<!-- podbook-disable|${|apiVersion: ".split(
    "|",
  ),
];
const seed = 20_240_601;
const around = {
  root: "/site",
  target: { context: "dev", namespace: "shop" },
  paths: { "/path/to": "/x" },
  exists: [],
};

/** Numbers from 0 up to `below`, the same for the same seed. */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor(((state ^ (state >>> 13)) >>> 0) % below);
  };
}

/** A window of a runbook (whole ones now and then) with some characters cut, doubled or put in. */
function mutate(next: (below: number) => number, index: number): string {
  const whole = texts[next(texts.length)] ?? "";
  const from = next(whole.length);
  let text = index % 150 === 0 ? whole : whole.slice(from, from + 500);
  for (let left = 1 + next(4); left > 0; left--) {
    const at = next(text.length + 1);
    const kind = next(3);
    const cut = kind === 0 ? next(12) : 0;
    const put = kind === 1 ? (scraps[next(scraps.length)] ?? "") : kind === 2 ? text.slice(at, at + next(60)) : "";
    text = text.slice(0, at) + put + text.slice(at + cut);
  }
  return text;
}

const mutations = soaking ? 3_000 : 500;

test(`${mutations} mutations of runbooks are linted in time, with places within the text, and nothing is raised`, () => {
  const next = numbers(seed);
  let found = 0;
  for (let index = 0; index < mutations; index++) {
    const text = mutate(next, index);
    let problems: Problem[] = [];
    const took = processorMs(() => {
      problems = lint(text, around);
    });
    const what = `mutation ${index} of seed ${seed}: ${JSON.stringify(text.slice(0, 200))}`;
    assert.ok(took < 1000, `${took} ms for ${what}`);
    const lines = documentLines(text);
    for (const { line, column, endLine, endColumn, fixes } of problems) {
      const edits = fixes.flatMap((fix) => fix.edits);
      for (const place of [{ line, column, endLine, endColumn }, ...edits]) {
        const forwards =
          place.line < place.endLine || (place.line === place.endLine && place.column <= place.endColumn);
        const within = place.column <= (lines[place.line]?.length ?? -1) && place.column >= 0;
        const ends = place.endColumn <= (lines[place.endLine]?.length ?? -1);
        assert.ok(forwards && within && ends, `${JSON.stringify(place)} in ${what}`);
      }
      for (const fix of fixes) withFix(text, fix);
    }
    found += problems.length;
  }
  assert.ok(found > mutations, `the mutations still have problems to find: ${found}`);
});

test("each fix in the demo's runbooks and their mutations leaves fewer problems of its rule", () => {
  const next = numbers(seed + 1);
  let fixed = 0;
  for (const text of [...texts, ...Array.from({ length: 80 }, (_, index) => mutate(next, index + 1))]) {
    const problems = lint(text, around);
    for (const { rule, fixes } of problems) {
      for (const fix of fixes.filter(({ edits }) => edits.length > 0)) {
        const count = (all: typeof problems) => all.filter((one) => one.rule === rule).length;
        const after = count(lint(withFix(text, fix), around));
        assert.ok(after < count(problems), `${fix.title} in ${JSON.stringify(text)}`);
        fixed++;
      }
    }
  }
  assert.ok(fixed > 100, `only ${fixed} fixes were tried`);
});
