import assert from "node:assert/strict";
import { test } from "node:test";
import { boundedText } from "../../src/ui/agents/boundedText.ts";

test("a text that is short enough stays as it is", () => {
  assert.equal(boundedText("one\ntwo", 7, "Ask for less."), "one\ntwo");
});

test("of a longer one whole lines are kept, and what is left out is said", () => {
  assert.equal(
    boundedText("one\ntwo\nthree", 9, "Ask for less."),
    "one\ntwo\n⋯ 1 more lines are left out. Ask for less.",
  );
  assert.equal(boundedText("a line\nand more", 3, "Ask for less."), "⋯ 2 more lines are left out. Ask for less.");
});
