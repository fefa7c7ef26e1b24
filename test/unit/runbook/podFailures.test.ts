import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRunbook } from "../../../src/runbook/runbook.ts";

const file = new URL("../../../demo/runbooks/runbook-pod-failures.md", import.meta.url);
const runbook = readRunbook(readFileSync(file, "utf8"));

test("the runbook for pod failures: blocks, scenarios, queries, dashboards, contacts, documents", () => {
  assert.equal(runbook.blocks.length, 17);
  assert.deepEqual(
    runbook.scenarios.map(({ expectedRecoverySeconds }) => expectedRecoverySeconds),
    [
      [30, 60],
      [30, 60],
      [60, 90],
      [120, 300],
    ],
  );
  assert.ok(runbook.scenarios.every(({ title, impact, description }) => title && impact && description));
  assert.deepEqual(
    runbook.metrics.map(({ query }) => query),
    [
      "kube_pod_container_status_restarts_total",
      "kube_pod_status_ready",
      'up{job="pyairtable-services"}',
      "http_request_duration_seconds",
      'http_requests_total{status=~"5.."}',
    ],
  );
  assert.ok(runbook.metrics.every(({ label }) => label !== ""));
  assert.equal(runbook.dashboards.length, 3);
  assert.equal(runbook.contacts.length, 3);
  assert.deepEqual(
    runbook.contacts.map(({ email }) => email !== null),
    [true, true, false],
  );
  assert.deepEqual(
    runbook.links.map(({ href, path, external }) => ({ href, path, external })),
    ["runbook-network-failures.md", "runbook-database-failures.md", "runbook-emergency-procedures.md"].map((name) => ({
      href: name,
      path: name,
      external: false,
    })),
  );
});

test("the runbook for pod failures: what to do when the incident is over", () => {
  const [checklist, ...others] = runbook.checklists;
  assert.deepEqual(others, []);
  assert.equal(checklist?.postIncident, true);
  assert.equal(checklist?.items.filter(({ depth }) => depth === 0).length, 4);
  assert.equal(checklist?.items.length, 13);
});
