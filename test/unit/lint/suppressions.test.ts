import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleNames } from "../../../src/lint/problem.ts";
import { suppressionFix } from "../../../src/lint/suppressionFix.ts";
import { lint, withFix } from "./linting.ts";

const block = ["```bash", "kubectl get ep", "./a.sh", "```"];

/** `line:rule` of each problem. */
function found(...lines: string[]): string[] {
  return lint(lines.join("\n"), { exists: [] }).map(({ line, rule }) => `${line}:${rule}`);
}

test("podbook-disable holds for the document, wherever it stands", () => {
  assert.deepEqual(found(...block), ["1:deprecated-kubectl", "2:missing-script"]);
  assert.deepEqual(found("<!-- podbook-disable deprecated-kubectl -->", "", ...block), ["4:missing-script"]);
  assert.deepEqual(found(...block, "", "<!-- podbook-disable missing-script -->"), ["1:deprecated-kubectl"]);
  assert.deepEqual(found("<!-- podbook-disable missing-script, deprecated-kubectl -->", "", ...block), []);
  assert.deepEqual(found("<!--podbook-disable-->", "", ...block, ...block), []);
});

test("podbook-disable-next-line holds for the block that the next line opens", () => {
  const one = "<!-- podbook-disable-next-line deprecated-kubectl -->";
  const rest = ["6:deprecated-kubectl", "7:missing-script"];
  assert.deepEqual(found(one, ...block, ...block), ["3:missing-script", ...rest]);
  const [lower, other] = ["deprecated-kubectl", "missing-script"].map((rule) => `podbook-disable-next-line ${rule}`);
  assert.deepEqual(found(`<!-- ${lower} -->`, "", `<!-- ${other} -->`, "", ...block), [], "several, with blank lines");
  assert.deepEqual(found(one, "Text", ...block), ["3:deprecated-kubectl", "4:missing-script"], "another line between");
  assert.deepEqual(found("> <!-- podbook-disable-next-line -->", ">", ...block.map((line) => `> ${line}`)), []);
});

test("podbook-disable-next-line holds for a line of text", () => {
  assert.deepEqual(found("[a](a.md)"), ["0:missing-document"]);
  assert.deepEqual(found("<!-- podbook-disable-next-line missing-document -->", "", "[a](a.md)", "[b](b.md)"), [
    "3:missing-document",
  ]);
});

test("in a block, a comment of the shell holds for the next line", () => {
  assert.deepEqual(
    found("```bash", "# podbook-disable-next-line deprecated-kubectl", "kubectl get ep", "kubectl get ep", "```"),
    ["3:deprecated-kubectl"],
  );
  assert.deepEqual(found("```bash", "kubectl get ep", "kubectl get ep", "# podbook-disable", "```"), []);
});

test("what only looks like a suppression is none", () => {
  const all = ["1:deprecated-kubectl", "2:missing-script"];
  assert.deepEqual(found(...block, "", "podbook-disable"), all);
  assert.deepEqual(found(...block, "", "<!-- podbook-disable no-such-rule -->"), all);
  assert.deepEqual(found(...block, "", "<!-- podbook-disabled -->"), all);
  assert.deepEqual(found("```bash", "kubectl get ep", "echo '<!-- podbook-disable -->'", "```"), [
    "1:deprecated-kubectl",
  ]);
});

test("the comment that is offered silences the rule in its block alone, also in quotes and lists", () => {
  for (const indent of ["", "> ", "   ", "   > "]) {
    const before = indent.startsWith("   ") ? ["1. Step", ""] : [];
    const text = [...before, ...block.map((line) => indent + line), "", "", ...block].join("\n");
    const lines = text.split("\n");
    const opening = before.length;
    const fix = suppressionFix("deprecated-kubectl", opening, lines[opening] ?? "");
    assert.ok(fix, indent);
    const shift = opening + 1;
    assert.deepEqual(
      lint(withFix(text, fix), { exists: [] }).map(({ line, rule }) => `${line - shift}:${rule}`),
      ["2:missing-script", "7:deprecated-kubectl", "8:missing-script"],
      `with ${JSON.stringify(indent)}`,
    );
  }
  assert.equal(suppressionFix("not-shell", 0, "- ```bash"), null);
});

test("each rule can be silenced by its name", () => {
  const text = [
    "[a](a.md)",
    ...["```bash", "kubectl -n a delete pods --all", "./a.sh", "kubectl get ep", "echo <x-y> )", "```"],
    ...["```bash", '{"a": 1}', "```"],
  ].join("\n");
  const target = { namespace: "shop" };
  const rules = (document: string) => [...new Set(lint(document, { target, exists: [] }).map(({ rule }) => rule))];
  assert.deepEqual(rules(text).sort(), [...ruleNames].sort(), "all are told of at first");
  for (const rule of ruleNames) {
    const others = ruleNames.filter((one) => one !== rule);
    assert.deepEqual(rules(`${text}\n<!-- podbook-disable ${rule} -->`).sort(), others.sort(), rule);
  }
});
