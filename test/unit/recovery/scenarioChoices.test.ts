import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scenarioChoices } from "../../../src/recovery/scenarioChoices.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

const file = join(import.meta.dirname, "../../../demo/runbooks/runbook-pod-failures.md");
const runbook = { place: "pods", ...readRunbook(readFileSync(file, "utf8")) };
const workloads = ["api-gateway", "auth-service", "platform-services", "postgres"];

const titles = (unhealthy: readonly string[]) =>
  scenarioChoices([runbook], workloads, unhealthy).map(({ scenario }) => scenario.title);

test("the scenario of what is not well comes first, then those that mention it", () => {
  assert.match(titles(["postgres"])[0] ?? "", /Database/i);
  assert.match(titles(["auth-service"])[0] ?? "", /Auth Service/);
  assert.match(titles(["platform-services"])[0] ?? "", /Platform Services/);
  const [first] = scenarioChoices([runbook], workloads, ["postgres"]);
  assert.deepEqual(first?.unhealthy, ["postgres"]);
});

test("where all is well the scenarios stand as in the runbooks", () => {
  assert.deepEqual(
    titles([]),
    runbook.scenarios.map(({ title }) => title),
  );
});
