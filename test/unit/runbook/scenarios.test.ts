import assert from "node:assert/strict";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";

function fieldsOf(markdown: string) {
  return readRunbook(markdown).scenarios.map(({ title, description, impact, expectedRecoverySeconds }) => ({
    title,
    description,
    impact,
    seconds: expectedRecoverySeconds,
  }));
}

/** Ways to write the same two fields of a section. */
const styles: Record<string, string> = {
  "bold name, colon behind": "**Impact**: all users\n**Expected Recovery Time**: 30-60 seconds",
  "bold name with its colon": "**Impact:** all users\n**Recovery time:** 30-60 seconds",
  "bold name, dash": "**Impact** – all users\n\n**RTO** - 30-60 s",
  "bold name alone": "**Impact** all users\n\n**RTO** 30-60 s",
  "underscores and italics": "__Impact__: all users\n\n*MTTR*: 30–60 s",
  "plain lines": "Impact: all users\nTime to recover: 30 to 60 sec",
  "a list": "- Impact: all users\n- Expected time to recovery: 30-60s",
  "a list with bold names": "* **Impact**: all users\n* **Recovery Time Objective (RTO)**: 30-60s",
  "an ordered list": "1. **Impact**: all users\n2. **ETR**: 30-60s",
  "a list, values nested": "- **Impact**:\n  - all users\n- **Estimated recovery time**:\n  - 30-60s",
  "a list, values in paragraphs": "- **Impact**\n\n  all users\n\n- **Mean time to recovery**\n\n  30-60s",
  "a quote": "> **Impact**: all users\n> **RTO**: 30-60s",
  "a table": "| Field | Value |\n|---|---|\n| Impact | all users |\n| Recovery time | 30-60s |",
  "a table with bold names": "| | |\n|:--|:--|\n| **Impact** | all users |\n| **RTO** | 30-60s |",
  "a table whose header is a field": "| Impact | all users |\n|---|---|\n| RTO | 30-60s |",
  "a table with the names in its header": "| Impact | RTO |\n|---|---|\n| all users | 30-60s |",
  "definitions of a definition list": "Impact\n: all users\n\nRecovery time\n: 30-60s",
  "labels, text below": "**Impact**\n\nall users\n\n**Expected recovery time:**\n\n30-60s",
  headings: "### Impact\n\nall users\n\n### Expected recovery time\n\n30-60s",
  "headings with values": "### Impact: all users\n\n### RTO: 30-60s",
  "one line": "**Impact:** all users **RTO:** 30-60s",
  "one line with bars": "**Impact**: all users | **RTO**: 30-60s",
  "emoji before the name": "🔥 **Impact**: all users\n⏱️ **Recovery time**: 30-60s",
  "a value over two lines": "**Impact**: all\nusers\n**RTO**: 30-60s",
  "markup in the value": "**Impact**: *all* [users](users.md)\n**RTO**: `30-60s`",
  "full-width colons": "**Impact**:all users\n**RTO**:30-60s",
  HTML: "<b>Impact</b>: all users\n\n<b>RTO</b>: 30-60s",
};

test("a scenario's fields in every style people write", () => {
  for (const [style, fields] of Object.entries(styles)) {
    assert.deepEqual(
      fieldsOf(`# Book\n\n## API down\n\n${fields}\n\n## Next\n\ntext\n`),
      [{ title: "API down", description: null, impact: "all users", seconds: [30, 60] }],
      style,
    );
  }
});

test("the names that recovery times have", () => {
  const names =
    "Expected Recovery Time|Recovery time|RTO|Expected time to recover|MTTR|Time to restore|Estimated time to recovery|" +
    "Mean time to recovery|Recovery Time Objective|Recovery time objective (RTO)|Expected recovery|Typical recovery time|" +
    "Time to resolve|Resolution time|Expected downtime|Max. recovery time|RTO / MTTR|Restoration time|Recovery time target";
  for (const name of names.split("|")) {
    assert.deepEqual(fieldsOf(`# A\n**${name}**: 5 min\n`)[0]?.seconds, [300, 300], name);
  }
});

test("what is no field of a scenario", () => {
  for (const text of [
    "Recovery: restart the pod",
    "The impact: none that we know",
    "**Note**: the RTO is 5 min",
    "Impact is high",
    "```\nImpact: all\n```",
    "    Impact: all",
    "**Impacted services**: all",
    "| Severity | Impact | Response |\n|---|---|---|\n| 1 | all users | call |\n| 2 | some | mail |",
    "Recovery time",
  ]) {
    assert.deepEqual(fieldsOf(`# A\n\n${text}\n`), [], text);
  }
});

test("fields belong to the nearest section, and the first of two counts", () => {
  const found = fieldsOf(
    "Impact: above all headings\n\n# Book\n\n## A\n\n**Scenario**: a fails\n**Impact**: one\n**Impact**: two\n\n" +
      "#### Detection\n\ntext\n\n## B\n\n**RTO**: who knows\n\n### C\n\n**RTO**: 1h\n",
  );
  assert.deepEqual(found, [
    { title: "A", description: "a fails", impact: "one", seconds: null },
    { title: "B", description: null, impact: null, seconds: null },
    { title: "C", description: null, impact: null, seconds: [3600, 3600] },
  ]);
});

test("a field's value ends where another label begins", () => {
  const [scenario] = fieldsOf("# A\n**Impact**: some\nusers\n**Severity**: 1\nmore\nOwner: me\n");
  assert.equal(scenario?.impact, "some users");
});

test("a scenario knows its lines and keeps what was written of its recovery time", () => {
  const [scenario] = readRunbook("# A\n\n## B\nImpact: x\nRTO: about **45 s**, mostly\n\n### C\n\n## D\n").scenarios;
  assert.equal(scenario?.line, 2);
  assert.equal(scenario?.endLine, 7);
  assert.equal(scenario?.expectedRecovery, "about 45 s, mostly");
  assert.deepEqual(scenario?.expectedRecoverySeconds, [45, 45]);
});

test("a recovery time told as a list is its total, and unknown where it has none", () => {
  const list = (items: string) => readRunbook(`# A\n\n**Expected recovery time (manual):**\n${items}`).scenarios[0];
  assert.deepEqual(
    list("- Detection: 5 min\n- Restore: 30 min\n- **Total: ~1.5 hours**\n")?.expectedRecoverySeconds,
    [5400, 5400],
  );
  assert.equal(list("- Dev: 30 seconds\n- Prod: 5-10 minutes\n")?.expectedRecoverySeconds, null);
  assert.equal(
    list("- Dev: 30 seconds\n- Prod: 5-10 minutes\n")?.expectedRecovery,
    "Dev: 30 seconds; Prod: 5-10 minutes",
  );
});

test("text that announces a list is told with it", () => {
  assert.equal(
    readRunbook("# A\n\n## Impact\n\nThis can lead to:\n\n- one\n- two\n").scenarios[0]?.impact,
    "This can lead to: one; two",
  );
});
