import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";
import { analyse } from "./shellParser.ts";

function lines(text: string): [number, number, number, string][] {
  return analyse(text).commands.map(({ commentLine, line, endLine, text: command }) => [
    commentLine,
    line,
    endLine,
    command,
  ]);
}

test("commands have their lines, and the comment above them", () => {
  assert.deepEqual(
    lines("# one\n# two\nkubectl get pods \\\n  -n x\n\n# apart\n\nls # behind\n# below\n\ncd a; pwd\n"),
    [
      [0, 2, 3, "kubectl get pods \\\n  -n x"],
      [7, 7, 7, "ls"],
      [10, 10, 10, "cd a"],
      [10, 10, 10, "pwd"],
    ],
  );
});

test("lists, pipelines, loops, functions and here-documents are one command each", () => {
  for (const text of [
    "a && b ||\n  c | d",
    "for i in 1 2; do\n  echo $i\ndone",
    "f() {\n  ls\n}",
    "cat <<EOF | grep x\na\n\nEOF",
    "if a; then\n  b\nelse\n  c\nfi > out",
    "case $x in\n  a) b ;;\nesac",
    "(\n  a\n  b\n)",
    "a 2>&1 |\n  b",
    "while read -r x; do\n  echo $x\ndone < <(ls)",
    "[[ $a == b ]] &&\n  c",
    "x=$(\n  a\n)",
  ]) {
    assert.deepEqual(lines(`${text}\n`), [[0, 0, text.split("\n").length - 1, text]]);
  }
  assert.equal(analyse("a &\nb").commands.length, 2);
});

test("mistakes have their places, and everything behind them counts as a change", () => {
  const { syntaxErrors, commands } = analyse("kubectl get pods\nif true; then\n  ls\n");
  assert.equal(syntaxErrors.length, 1);
  assert.deepEqual(
    commands.map(({ effect }) => effect),
    ["read", "change"],
  );
  const [error] = analyse("ls\necho )\n").syntaxErrors;
  assert.deepEqual([error?.line, error?.column, error?.start], [1, 5, 8]);
  for (const text of ["ls\nls -l\n", "", "\n\n", "# only a comment\n"])
    assert.deepEqual(analyse(text).syntaxErrors, []);
});

test("text that nothing can read still is a command that changes", () => {
  for (const text of ["((((", "$(", "echo 'x", "`", "a".repeat(200_000), "$(".repeat(5_000)]) {
    const { kind, commands } = analyse(text);
    assert.ok(kind === "not-shell" || commands.some(({ effect }) => effect === "change"), text.slice(0, 20));
  }
  assert.deepEqual(analyse(`echo ${"a".repeat(200_000)}\n`).commands[0]?.reasons, ["too large to analyse"]);
});

test("a block says which variables it sets", () => {
  const { sets } = analyse("A=1; export B=$A; read -r C; for D in x; do :; done; E=2 cmd; printf -v F x; unset G");
  assert.deepEqual([...sets].sort(), ["A", "B", "C", "D", "E", "F"]);
});

test("the PyAirtable runbook: 42 commands, of which 2 delete, 1 scales, 3 restart, and 2 scripts are unknown", () => {
  const file = new URL("../../../demo/runbooks/runbook-pod-failures.md", import.meta.url);
  const { blocks } = readRunbook(readFileSync(file, "utf8"));
  const analyses = blocks.map(({ text, language }) => analyse(text, language));
  assert.equal(analyses.length, 17);
  assert.ok(analyses.every(({ kind, syntaxErrors }) => kind === "shell" && syntaxErrors.length === 0));
  const commands = analyses.flatMap((analysis) => analysis.commands);
  assert.equal(commands.length, 42);
  assert.deepEqual(
    commands.filter(({ effect }) => effect === "destroy").map(({ reasons }) => reasons),
    [["deletes pods with app=api-gateway"], ["deletes pods with app=auth-service"]],
  );
  assert.deepEqual(
    commands.filter(({ effect }) => effect === "change").map(({ reasons }) => reasons),
    [
      ["scales deployment api-gateway to 3"],
      ["restarts deployment platform-services"],
      ["restarts deployment platform-services"],
      ["restarts deployment auth-service"],
      ["cannot tell what ./emergency-stop.sh does"],
      ["cannot tell what ./health-check.sh does"],
    ],
  );
  for (const inPod of ["pg_isready", "psql"]) {
    const found = commands.filter(({ calls }) => calls.some(({ program }) => program === inPod));
    assert.ok(found.length > 0 && found.every(({ effect }) => effect === "read"), inPod);
  }
  assert.deepEqual(
    [...new Set(analyses.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)))],
    ["/path/to/chaos-engineering", "<pod-name>", "<service-name>"],
  );
});
