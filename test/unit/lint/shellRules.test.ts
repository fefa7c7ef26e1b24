import assert from "node:assert/strict";
import { test } from "node:test";
import { bash, problemsOf, textAt, withFix } from "./linting.ts";

test("bash syntax errors are marked where they stand, and what is missing at the end at the last character", () => {
  const rows: readonly [script: string, marked: string, line: number, column: number, message: RegExp][] = [
    ["ls\necho a )", ")", 4, 7, /cannot read this: \)/],
    ["if true; then", "n", 3, 12, /missing "fi"/],
    ["for i in 1 2; do echo $i", "i", 3, 23, /missing "done"/],
  ];
  for (const [script, marked, line, column, message] of rows) {
    const text = bash(...script.split("\n"));
    const [problem, ...others] = problemsOf("bash-syntax", text);
    assert.ok(problem, script);
    assert.deepEqual([problem.severity, textAt(text, problem)], ["error", marked], script);
    assert.deepEqual([problem.line, problem.column], [line, column], script);
    assert.match(problem.message, message);
    assert.deepEqual(others, []);
  }
});

test("valid bash, placeholders and expected output are no syntax errors", () => {
  for (const script of [
    "if true; then ls; fi",
    "kubectl logs <pod-name> | grep x",
    "$ kubectl get pods\nNAME  READY (all)\napi-1 1/1",
    "cat <<'EOF'\nif (\nEOF",
    "case $1 in a) ls ;; esac",
  ]) {
    assert.deepEqual(problemsOf("bash-syntax", bash(...script.split("\n"))), [], script);
  }
});

test("blocks that are no shell are told of once, with the language that they are in", () => {
  const rows: readonly [content: string, language: string][] = [
    ['{"a": 1,\n "b": 2}', "json"],
    ["apiVersion: v1\nkind: Pod\nmetadata:\n  name: x", "yaml"],
    ["SELECT * FROM pods;", "sql"],
    ["rate(http_requests_total[5m])", "promql"],
  ];
  for (const [content, language] of rows) {
    const text = bash(...content.split("\n"));
    const [problem, ...others] = problemsOf("not-shell", text);
    assert.ok(problem, content);
    assert.deepEqual([problem.severity, problem.line, textAt(text, problem)], ["info", 2, "bash"]);
    assert.deepEqual(others, []);
    assert.deepEqual(problemsOf("bash-syntax", text), [], "told of once");
    const titles = problem.fixes.map(({ title }) => title);
    assert.deepEqual(titles, [`Label the block as ${language}`, "Label the block as text"]);
    for (const fix of problem.fixes) assert.deepEqual(problemsOf("not-shell", withFix(text, fix)), []);
    assert.equal(withFix(text, problem.fixes[0] ?? { title: "", edits: [] }), text.replace("bash", language));
  }
  assert.deepEqual(problemsOf("not-shell", bash("kubectl get pods")), []);
  assert.deepEqual(problemsOf("not-shell", bash("# only a comment")), []);
});

test("placeholders that Podbook has no choice for are told of once in a document", () => {
  const text = bash("echo <ticket-id>", "echo <ticket-id>", "echo $UNSET_THING", "/path/to/x/run.sh", "echo YOUR_WORD");
  const found = problemsOf("placeholder", text, { exists: [] });
  assert.deepEqual(
    found.map((problem) => [problem.severity, problem.line, textAt(text, problem)]),
    [
      ["info", 3, "<ticket-id>"],
      ["info", 5, "$UNSET_THING"],
      ["info", 6, "/path/to/x"],
      ["info", 7, "YOUR_WORD"],
    ],
  );
  assert.match(found[0]?.message ?? "", /<ticket-id>/);
});

test("placeholders with a choice, variables that are set and known sample paths are not told of", () => {
  for (const script of [
    "kubectl logs <pod-name> -n <namespace>",
    "THING=1\necho $THING",
    "echo $HOME",
    "kubectl get pods",
  ]) {
    assert.deepEqual(problemsOf("placeholder", bash(...script.split("\n"))), [], script);
  }
  const paths = { "/path/to/x": "/opt/x" };
  assert.deepEqual(problemsOf("placeholder", bash("/path/to/x/run.sh"), { paths }), []);
});

/** The scripts that a block misses, with their severities. */
function missing(script: string, around: Parameters<typeof problemsOf>[2] = { exists: [] }): string[] {
  const text = bash(...script.split("\n"));
  return problemsOf("missing-script", text, around).map((problem) => `${problem.severity} ${textAt(text, problem)}`);
}

test("scripts that do not exist", () => {
  assert.deepEqual(missing("./a.sh --all"), ["error ./a.sh"]);
  assert.deepEqual(missing("./a.sh; ./b.sh && bash ./c.sh"), ["error ./a.sh", "error ./b.sh", "error ./c.sh"]);
  assert.deepEqual(missing("if true; then\n  ./a.sh\nfi"), ["error ./a.sh"]);
  assert.deepEqual(missing("../a.sh"), ["error ../a.sh"]);
  assert.deepEqual(missing("/opt/tools/a.sh"), ["warning /opt/tools/a.sh"], "may lie on another machine");
  assert.deepEqual(missing("cd tools\n./a.sh", { exists: ["/books/a.sh"] }), ["error ./a.sh"]);
  assert.deepEqual(missing("/path/to/x/a.sh", { paths: { "/path/to/x": "/opt/x" }, exists: [] }), [
    "error /path/to/x/a.sh",
  ]);
});

test("scripts that exist, or that cannot be known to be missing", () => {
  assert.deepEqual(missing("cd tools\n./a.sh", { exists: ["/books/tools/a.sh"] }), []);
  assert.deepEqual(missing("/path/to/x/a.sh"), []);
  const mapped = { paths: { "/path/to/x": "/opt/x/" }, exists: ["/opt/x/a.sh"] };
  assert.deepEqual(missing("cd /path/to/x && ./a.sh", mapped), []);
  assert.deepEqual(missing('cd "$X"\n./a.sh'), []);
  assert.deepEqual(missing("./a.sh", { directory: null, exists: [] }), []);
  assert.deepEqual(missing("ssh node ./a.sh"), []);
  assert.deepEqual(missing("kubectl get pods"), []);
});

test("what an earlier step makes or fetches is not held against the runbook", () => {
  assert.deepEqual(missing("cat > a.sh <<'X'\nls\nX\nchmod +x a.sh\n./a.sh"), []);
  assert.deepEqual(missing("curl -o a.sh https://x.y/z && ./a.sh"), []);
  assert.deepEqual(missing("git clone https://x.y/z && ./a.sh"), ["info ./a.sh"]);
  assert.deepEqual(missing("./a.sh\ngit clone https://x.y/z"), ["error ./a.sh"]);
  assert.deepEqual(missing("./a.sh && curl -o a.sh https://x.y/z"), ["error ./a.sh"]);
});
