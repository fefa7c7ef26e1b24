import assert from "node:assert/strict";
import { test } from "node:test";
import { isAgreed } from "../../../src/plan/agreement.ts";
import type { Plan } from "../../../src/plan/plan.ts";

const target = { context: "staging", namespace: "pyairtable" };
const plan: Plan = {
  title: "Scale",
  script: "kubectl scale deployment/api-gateway --replicas=3\n",
  directory: "/",
  target,
  commands: [],
  effect: "change",
  timeoutMs: null,
};

test("what was agreed to is this very text on this very target", () => {
  assert.equal(isAgreed(plan, [plan]), true);
  assert.equal(isAgreed(plan, []), false);
  assert.equal(isAgreed({ ...plan, script: `${plan.script} ` }, [plan]), false);
  assert.equal(isAgreed({ ...plan, target: { ...target, context: "production" } }, [plan]), false);
  assert.equal(isAgreed({ ...plan, target: { ...target, namespace: "other" } }, [plan]), false);
  assert.equal(isAgreed({ ...plan, target: null }, [plan]), false);
});
