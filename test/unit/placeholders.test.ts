import assert from "node:assert/strict";
import { test } from "node:test";
import { findPlaceholders } from "../../src/shell/placeholders.ts";

test("placeholders are found, with their lines", () => {
  assert.deepEqual(findPlaceholders("kubectl get pods\nkubectl logs <pod-name> -n <your namespace>\n"), [
    { name: "<pod-name>", line: 1 },
    { name: "<your namespace>", line: 1 },
  ]);
  assert.deepEqual(findPlaceholders("cd /path/to/chaos-engineering/safety"), [
    { name: "/path/to/chaos-engineering", line: 0 },
  ]);
});

test("what is shell is no placeholder", () => {
  for (const text of [
    "cat <<EOF\nx\nEOF",
    "cat <<-EOF >out\nx\nEOF",
    "sort < file > out",
    "sort <file",
    "diff <(a) <(b)",
    "[[ a < b && c > d ]]",
    "read x <<< word",
    "# use <pod-name> here",
    "kubectl get pods -o jsonpath='{.items[0].metadata.name}'",
  ]) {
    assert.deepEqual(findPlaceholders(text), [], text);
  }
});
