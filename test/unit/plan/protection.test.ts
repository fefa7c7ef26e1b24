import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholderKind } from "../../../src/plan/placeholderKind.ts";
import { isProtected } from "../../../src/plan/protection.ts";

test("a context is protected when a pattern fits it whole, in any case", () => {
  const patterns = ["*prod*", "*live*"];
  for (const name of ["prod", "eu-PROD-1", "arn:aws:eks:eu:1:cluster/live", "productive"]) {
    assert.equal(isProtected(name, patterns), true, name);
  }
  for (const name of ["staging", "pro-d", "kind-kind", ""]) assert.equal(isProtected(name, patterns), false, name);
  assert.equal(isProtected("a.b", ["a?b"]), true);
  assert.equal(isProtected("aXb", ["a.b"]), false, "a dot is a dot");
  assert.equal(isProtected("a(b", ["a(*"]), true, "signs of regular expressions are plain text");
});

test("a placeholder's name tells what it asks for", () => {
  const names: Record<string, string> = {
    "<pod-name>": "pod",
    "<POD>": "pod",
    "<podName>": "pod",
    "{{ pod }}": "pod",
    "<service-name>": "service",
    "<svc>": "service",
    "<your namespace>": "namespace",
    "${NAMESPACE}": "namespace",
    YOUR_NODE: "node",
    "<node-name>": "node",
    "<deployment>": "deployment",
    "<container-name>": "container",
    "<context>": "context",
    "/path/to/chaos-engineering": "directory",
    "<revision>": "text",
    "<policy-name>": "text",
  };
  for (const [name, kind] of Object.entries(names)) assert.equal(placeholderKind(name), kind, name);
});
