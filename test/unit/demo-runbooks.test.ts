import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import MarkdownIt from "markdown-it";

const folder = join(import.meta.dirname, "../../demo/runbooks");
const original = join(import.meta.dirname, "../../../shared/runbook-pod-failures.md");
const names = readdirSync(folder).sort();
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const tokens = (text: string) => new MarkdownIt("commonmark").parse(text, {});

function bashBlocks(text: string): string[] {
  return tokens(text)
    .filter((token) => token.type === "fence" && token.info === "bash")
    .map((token) => token.content);
}

/** The top-level statements of a block as the runbooks write them: one to a line, but for loops and continued lines. */
function commands(block: string): string[] {
  const lines = block
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"));
  const found: string[] = [];
  let inLoop = false;
  for (const line of lines) {
    if (inLoop) found.push(`${found.pop()}\n${line}`);
    else found.push(line);
    if (line.startsWith("for ")) inLoop = true;
    if (line === "done") inLoop = false;
  }
  return found;
}

function outline(text: string): string[] {
  const all = tokens(text);
  return all.flatMap((token, at) => (token.type === "heading_open" ? `${token.markup} ${all[at + 1]?.content}` : []));
}

test("the pod-failure runbook has 17 bash blocks with 42 commands", () => {
  const blocks = bashBlocks(read("runbook-pod-failures.md"));
  equal(blocks.length, 17);
  equal(blocks.flatMap(commands).length, 42);
});

// The original is no part of the project: it is compared with where it lies beside it.
if (existsSync(original)) {
  test("it has the commands and the sections of the runbook it stands for", () => {
    const theirs = readFileSync(original, "utf8");
    const ours = read("runbook-pod-failures.md");
    deepEqual(bashBlocks(ours).map(commands), bashBlocks(theirs).map(commands));
    const levels = (text: string) => outline(text).map((line) => line.split(" ")[0]);
    deepEqual(levels(ours), levels(theirs));
  });
}

test("every scenario says its impact and how long recovery takes", () => {
  for (const name of names) {
    const text = read(name);
    const scenarios = text.match(/^\*\*Scenario\*\*: \S/gm)?.length ?? 0;
    ok(scenarios > 3, name);
    equal(text.match(/^\*\*Impact\*\*: \S/gm)?.length, scenarios, name);
    equal(text.match(/^\*\*Expected Recovery Time\*\*: \d+(-\d+)? (seconds|minutes?)$/gm)?.length, scenarios, name);
  }
});

test("every link between the runbooks leads to one", () => {
  for (const name of names) {
    for (const [, target = ""] of read(name).matchAll(/\]\(([^)]+\.md)\)/g))
      ok(names.includes(target), `${name}: ${target}`);
  }
});
