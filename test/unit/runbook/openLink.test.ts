import assert from "node:assert/strict";
import { test } from "node:test";
import { linkedSection, readOpenLink } from "../../../src/runbook/openLink.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

test("a link names a Markdown file of the workspace, and a section if it likes", () => {
  assert.deepEqual(readOpenLink("runbook=docs/pods.md"), { runbook: "docs/pods.md", section: null });
  assert.deepEqual(readOpenLink("runbook=pods.md&section=1.%20API%20Gateway%20Pod%20Failure"), {
    runbook: "pods.md",
    section: "1. API Gateway Pod Failure",
  });
});

const refused = [
  "",
  "section=only",
  "runbook=",
  "runbook=/etc/passwd.md",
  "runbook=../other/pods.md",
  "runbook=docs/../../pods.md",
  "runbook=docs//pods.md",
  "runbook=./pods.md",
  "runbook=%2e%2e/pods.md",
  "runbook=docs%5C..%5Cpods.md",
  "runbook=C:/pods.md",
  "runbook=file:///pods.md",
  "runbook=http://example.com/pods.md",
  "runbook=pods.md%00",
  "runbook=a%0Ab.md",
  "runbook=script.sh",
  "runbook=pods.md.exe",
  `runbook=${"a".repeat(500)}.md`,
];

test("no link leads out of the workspace, or to anything but Markdown", () => {
  for (const query of refused) assert.match(String(readOpenLink(query)), /^The link/, query);
});

test("a section is found by its title in any case, or by its anchor", () => {
  const { sections } = readRunbook(
    "# Pods\n\n## Failure Scenarios\n\n### 1. API Gateway (v2) Failure\n\n### Ünhealthy_pods\n",
  );
  const line = (wanted: string) => linkedSection(sections, wanted)?.line;
  assert.equal(line("failure scenarios"), 2);
  assert.equal(line("failure-scenarios"), 2);
  assert.equal(line("1-api-gateway-v2-failure"), 4);
  assert.equal(line("Ünhealthy_pods"), 6);
  assert.equal(line("nothing"), undefined);
});
