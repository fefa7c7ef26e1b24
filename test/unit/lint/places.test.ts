import assert from "node:assert/strict";
import { test } from "node:test";
import { lint, problemsOf, textAt, withFix } from "./linting.ts";

/** Documents with one `kubectl get ep` each: what stands before and behind the lines of its block. */
const documents: readonly (readonly string[])[] = [
  ["```bash", "kubectl get ep", "```"],
  ["- ```bash", "  kubectl get ep", "  ```"],
  ["1. Step", "", "   - ~~~sh", "     kubectl get ep", "     ~~~"],
  ["> ```bash", "> kubectl get ep", "> ```"],
  [">> ```bash", ">>kubectl get ep", ">> ```"],
  ["> 1. Step", ">", ">    ```bash", ">    kubectl get ep", ">    ```"],
  ["1. Step", "   - Step", "     > ```bash", "     > ls", "     > kubectl get ep", "     > ```"],
  ["-\t```bash", "\tkubectl get ep", "\t```"],
  ["- Step", "", "\t```bash", "\t\tkubectl get ep", "\t```"],
  ["```console", "$ kubectl get ep", "NAME ENDPOINTS", "api  10.0.0.1:80", "```"],
  ["> - ```console", ">   admin@host:~$ kubectl get ep", ">   ep", ">   ```"],
  ["```bash", "ls; ls &&\tkubectl get ep | grep ep", "```"],
  ["```bash", "echo 🙂 'ä' && kubectl get ep", "```"],
  ["```bash", "    if true; then", "\tkubectl get ep", "    fi", "```"],
];

test("problems are marked, and mended, where they stand in the document", () => {
  for (const lines of documents) {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = lines.join(end) + end;
      const [problem, ...others] = problemsOf("deprecated-kubectl", text);
      const what = JSON.stringify(text);
      assert.ok(problem, what);
      assert.deepEqual(others, [], what);
      assert.equal(
        problem.line,
        lines.findIndex((line) => line.includes("kubectl get ep")),
        what,
      );
      assert.equal(textAt(text, problem), "ep", what);
      assert.equal(problem.fixes.length, 1, what);
      for (const fix of problem.fixes) {
        const mended = withFix(text, fix);
        assert.equal(mended, text.replace("kubectl get ep", "kubectl get endpointslices"), what);
        assert.deepEqual(problemsOf("deprecated-kubectl", mended), [], what);
      }
    }
  }
});

test("problems are in the order of their places, and each is told of once", () => {
  const block = ["```bash", "kubectl get ep; ./a.sh", "for x in $(kubectl get ep); do ./a.sh; done", "```"];
  const found = lint([...block, "", "[a](a.md)", "", ...block].join("\n"), { exists: [] });
  const places = found.map(({ line, column }) => line * 1000 + column);
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
  assert.equal(new Set(found.map(({ rule, line, column }) => `${rule} ${line} ${column}`)).size, found.length);
  assert.equal(found.length, 9);
});

test("a document full of mistakes gives no more than 2,000 problems", () => {
  const text = `\`\`\`bash\n${"kubectl get ep\n".repeat(2100)}\`\`\`\n`;
  assert.equal(lint(text).length, 2000);
});
