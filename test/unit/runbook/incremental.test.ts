import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linesOf, readDocument, reread } from "../../../src/runbook/documentParts.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { RunbookReader } from "../../../src/runbook/runbookReader.ts";
import { markdownLine } from "./generatedMarkdown.ts";

/** Link reference definitions and what they look ahead for: the one thing in CommonMark that reaches far. */
const definitionLine = fc.constantFrom(
  ...[
    "[a]: /u",
    "[a]:",
    "/u",
    "'t",
    "t'",
    "",
    "x",
    "[b]: /v 'q",
    "> 't",
    "- [c]: /w",
    "    t'",
    "   ",
    "\tx",
    "- a",
    "  't",
  ],
);
const characters = [
  "",
  "`",
  "```",
  "\n",
  "- ",
  "[a]: x\n",
  "#",
  " ",
  "    ",
  ">",
  "<!--",
  "[",
  "]",
  "\r",
  "\n===\n",
  "\n---\n",
];
const edits = (line: fc.Arbitrary<string>) =>
  fc.array(
    fc.record({
      at: fc.nat(1000),
      remove: fc.nat(4),
      insert: fc.array(line, { maxLength: 3 }),
      typed: fc.option(fc.record({ at: fc.nat(10_000), remove: fc.nat(3), text: fc.constantFrom(...characters) })),
    }),
    { minLength: 1, maxLength: 8 },
  );
type Edit = ReturnType<typeof edits> extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function edited(text: string, { at, remove, insert, typed }: Edit): string {
  const lines = text.split("\n");
  const line = at % (lines.length + 1);
  const next = [...lines.slice(0, line), ...insert, ...lines.slice(line + remove)].join("\n");
  if (!typed) return next;
  const place = typed.at % (next.length + 1);
  return next.slice(0, place) + typed.text + next.slice(place + typed.remove);
}

for (const [what, line, runs] of [
  ["any Markdown", markdownLine, 400],
  ["definitions", definitionLine, 1200],
  ["both", fc.oneof(definitionLine, markdownLine), 400],
] as const) {
  test(`after random edits, the parts of a document are what a full reading gives: ${what}`, () => {
    const documents = fc.array(line, { minLength: 5, maxLength: 100, size: "max" });
    fc.assert(
      fc.property(documents, edits(line), fc.constantFrom(1, 2, 8, 48), (lines, changes, window) => {
        let text = lines.join("\n");
        let document = readDocument(linesOf(text));
        for (const change of changes) {
          text = edited(text, change);
          document = reread(document, linesOf(text), window);
          assert.deepEqual(document, readDocument(linesOf(text)));
        }
      }),
      { numRuns: runs },
    );
  });
}

test("after random edits, the runbook is what a full reading gives", () => {
  const documents = fc.array(markdownLine, { minLength: 20, maxLength: 200, size: "max" });
  fc.assert(
    fc.property(documents, edits(markdownLine), (lines, changes) => {
      const reader = new RunbookReader();
      let text = lines.join("\n");
      reader.update(text);
      for (const change of changes) {
        text = edited(text, change);
        assert.deepEqual(reader.update(text), readRunbook(text));
      }
    }),
    { numRuns: 300 },
  );
});

test("opening, closing and breaking structures at the top changes all that follows, and back", () => {
  const body =
    "text [a]\n\n```bash\none\n```\n\n- item\n\n  ```sh\n  two\n  ```\n\n## H\n\n[a]: /first\n\n```sh\nthree\n```\n";
  const reader = new RunbookReader();
  for (const top of [
    "",
    "```\n",
    "~~~\n",
    "<!--\n",
    "<script>\n",
    "[a]: /other\n\n",
    "# T\n",
    "> ",
    "- ",
    "    ",
    "---\nx: y\n---\n",
    "===\n",
    "",
  ]) {
    assert.deepEqual(reader.update(top + body), readRunbook(top + body), JSON.stringify(top));
    assert.deepEqual(reader.update(body), readRunbook(body), JSON.stringify(top));
  }
});

test("the same text gives the same runbook object, and an empty one is a runbook too", () => {
  const reader = new RunbookReader();
  assert.equal(reader.update("# A\n"), reader.update("# A\n"));
  assert.deepEqual(reader.update(""), readRunbook(""));
  assert.deepEqual(reader.update("# A\n"), readRunbook("# A\n"));
  assert.equal(readRunbook("").title, "");
});
