import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { quoteWord } from "../../src/shell/quote.ts";

test("a quoted word reaches a program as it is", () => {
  const hostile = [
    "plain-1.2",
    "",
    " ",
    "a b",
    "it's",
    "$(touch x)",
    "`id`",
    "a;b",
    "a\nb",
    "*",
    "~",
    "{a,b}",
    '"',
    "\\",
    "é",
    "-n",
    "!x",
    "#x",
  ];
  for (const word of hostile) {
    const printed = execFileSync("bash", ["-c", `printf '<%s>' ${quoteWord(word)}`], { encoding: "utf8" });
    assert.equal(printed, `<${word}>`);
  }
});

test("words that need no quotes stay readable", () => {
  assert.equal(quoteWord("deployment/api-gateway"), "deployment/api-gateway");
});
