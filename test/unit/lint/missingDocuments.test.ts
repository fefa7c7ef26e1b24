import assert from "node:assert/strict";
import { test } from "node:test";
import { lint, problemsOf, textAt } from "./linting.ts";

const around = { root: "/site", exists: [] };

/** What is marked in a document. */
function marked(text: string, surroundings: Parameters<typeof problemsOf>[2] = around): string[] {
  return problemsOf("missing-document", text, surroundings).map((problem) => textAt(text, problem));
}

test("links to documents that do not exist are marked at their destination", () => {
  const text = "[b.md](b.md) [c](<a c.md>) [d](d%20e.md#part) ![p](p.png) [r] [b](b.md)\n\n[r]: r.md\n";
  const found = problemsOf("missing-document", text, around);
  const line = text.slice(0, text.indexOf("\n"));
  assert.deepEqual(
    found.map((problem) => [problem.severity, problem.column, textAt(text, problem)]),
    [
      // Where the destination stands elsewhere, the whole line is marked.
      ["error", 0, line],
      ["error", 7, "b.md"],
      ["error", 18, "a c.md"],
      ["error", 31, "d%20e.md#part"],
      ["error", line.lastIndexOf("b.md"), "b.md"],
    ],
  );
  assert.deepEqual(marked("> - [x](/y.md)\n"), ["/y.md"]);
});

test("the fix writes a document in which nothing is wrong", () => {
  const target = { context: null, namespace: "shop" };
  const [problem] = problemsOf("missing-document", "[Queue is full](runbooks/queue.md)", { ...around, target });
  assert.deepEqual(
    problem?.fixes.map(({ title, edits, creates }) => [title, edits, creates?.path]),
    [["Write queue.md from a template", [], "/books/runbooks/queue.md"]],
  );
  const content = problem?.fixes[0]?.creates?.content ?? "";
  assert.match(content, /^# Queue is full\n/);
  assert.match(content, /kubectl get pods -n shop/);
  assert.deepEqual(lint(content, { target }), []);
  assert.deepEqual(marked("[x](queue.md)", { exists: ["/books/queue.md"] }), []);
  const [picture] = problemsOf("missing-document", "[x](a.pdf)", around);
  assert.deepEqual(picture?.fixes, []);
});

test("what exists, leads elsewhere or cannot be known is not told of", () => {
  const exists = ["/books/a.md", "/site/b.md", "/up.md"];
  assert.deepEqual(marked("[a](a.md#x) [a](./a) [b](/b.md) [u](../up.md)", { root: "/site", exists }), []);
  assert.deepEqual(marked("[a](https://x.y/a.md) [m](mailto:a@b.c) [p](#part) [v]({{ site.url }}/x.md)"), []);
  assert.deepEqual(marked("[a](/a.md)", { root: null, exists: [] }), []);
  assert.deepEqual(marked("[a](a.md)", { directory: null, exists: [] }), []);
  assert.deepEqual(marked("```\n[a](a.md)\n```\n\n`[a](a.md)`"), []);
});
