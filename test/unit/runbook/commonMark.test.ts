import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { linesOf, readDocument } from "../../../src/runbook/documentParts.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { type BareFence, bareBlocks, bareFences, bareLinks } from "./bareMarkdown.ts";
import { markdownLines } from "./generatedMarkdown.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const spec: { text: string; tests: { markdown: string; html: string; section: string; number: number }[] } =
  createRequire(import.meta.url)("commonmark-spec");

/** All fences of a text as our reading has them, before the shell blocks are taken from them. */
function fences(text: string): BareFence[] {
  const { lead, parts } = readDocument(linesOf(text));
  let next = lead;
  return parts.flatMap((part) => {
    const line = next;
    next += part.span;
    return part.fences.map((fence) => ({
      line: line + fence.line,
      endLine: line + fence.endLine,
      language: fence.language,
      text: fence.text,
    }));
  });
}

/** Checks that all there is to know of the blocks and links of a text is what markdown-it says. */
function sameAsBare(text: string, hint = ""): void {
  const runbook = readRunbook(text);
  const blocks = runbook.blocks.map(({ line, endLine, language, text: own }) => ({
    line,
    endLine,
    language,
    text: own,
  }));
  const bare = bareBlocks(text);
  assert.deepEqual(fences(text), bareFences(text), hint);
  assert.deepEqual(
    blocks,
    bare.map(({ headings, ...fence }) => fence),
    hint,
  );
  if (!/^---\s*\n/.test(text)) {
    assert.deepEqual(
      runbook.blocks.map(({ headings }) => headings),
      bare.map(({ headings }) => headings),
      hint,
    );
  }
  assert.deepEqual(
    runbook.links.map((link) => ({ href: link.href, text: link.text })),
    bareLinks(text),
    hint,
  );
  const lines = linesOf(text);
  for (const link of runbook.links) assert.match(lines[link.line] ?? "", /[[<]/, hint);
  assert.equal(new Set(runbook.blocks.map(({ id }) => id)).size, runbook.blocks.length, hint);
}

test("the fenced code examples of CommonMark 0.31 give the code that CommonMark says", () => {
  const examples = spec.tests.filter(({ section }) => section === "Fenced code blocks");
  assert.equal(examples.length, 29);
  const markdown = new MarkdownIt("commonmark");
  let compared = 0;
  for (const example of examples) {
    const text = example.markdown.replaceAll("→", "\t");
    const indented = markdown.parse(text, {}).filter(({ type }) => type === "code_block");
    const code = [...example.html.matchAll(/<pre><code(?: class="language-([^"]*)")?>([\s\S]*?)<\/code><\/pre>/g)];
    const wanted = code.map(([, language, html]) => ({ language: language ?? "", text: plain(html ?? "") }));
    const expected = wanted.filter((one) => !indented.some(({ content }) => content === one.text));
    assert.equal(expected.length, wanted.length - indented.length, `example ${example.number}`);
    const read = fences(text).map(({ language, text: own }) => ({ language, text: own }));
    assert.deepEqual(read, expected, `example ${example.number}`);
    compared += read.length;
  }
  assert.ok(compared >= 25, `${compared} fences`);
});

function plain(html: string): string {
  return html
    .replaceAll("→", "\t")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

test("every example of CommonMark 0.31, as a document and below a list item, has markdown-it's blocks and links", () => {
  assert.ok(spec.tests.length >= 650);
  for (const { markdown, number } of spec.tests) {
    const text = markdown.replaceAll("→", "\t");
    sameAsBare(text, `example ${number}`);
    sameAsBare(text.replace(/^([ >*-]*)(`{3,}|~{3,})[ \t]*$/m, "$1$2bash"), `example ${number} with a shell fence`);
    sameAsBare(
      `1. x\n\n${text.replace(/^/gm, "   ")}\n> ${text.replaceAll("\n", "\n> ")}`,
      `example ${number}, nested`,
    );
  }
});

test("generated Markdown has markdown-it's blocks and links", () => {
  fc.assert(
    fc.property(markdownLines, fc.constantFrom("\n", "\n", "\r\n", "\r"), (lines, end) => sameAsBare(lines.join(end))),
    { numRuns: 1000 },
  );
});

test("any characters have markdown-it's blocks and links", () => {
  const character = fc.oneof(
    fc.constantFrom(..."`~\n\n >-*#[]()<!=_\t\\1.:'\"|&"),
    fc.constantFrom("bash", "```", "é", "\0", "\r"),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 80, size: "max" }), (characters) => sameAsBare(characters.join(""))),
    { numRuns: 1000 },
  );
});

test("real documents have markdown-it's blocks and links", () => {
  const ours = ["README.md", "CHANGELOG.md", ...inFolder("docs"), ...inFolder("demo/runbooks")];
  const packages = readdirSync(join(root, "node_modules")).map((name) => `node_modules/${name}/README.md`);
  let read = 0;
  for (const file of [...ours, ...packages.slice(0, 250)]) {
    const text = textOf(file);
    if (text === null) continue;
    sameAsBare(text, file);
    read++;
  }
  sameAsBare(spec.text, "the CommonMark specification itself");
  assert.ok(read > 50, `${read} documents`);
});

function inFolder(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return null;
  }
}
