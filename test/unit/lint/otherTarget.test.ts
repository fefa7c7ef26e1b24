import assert from "node:assert/strict";
import { test } from "node:test";
import { bash, problemsOf, textAt, withFix } from "./linting.ts";

const target = { context: "dev", namespace: "shop" };

/** Each script, the names marked in it, and the script with all fixes made one after the other. */
const rows: readonly [script: string, marked: readonly string[], fixed: string][] = [
  ["kubectl get pods -n staging", ["staging"], "kubectl get pods -n shop"],
  ["kubectl get pods -nstaging", ["staging"], "kubectl get pods -nshop"],
  ["kubectl get pods --namespace=staging", ["staging"], "kubectl get pods --namespace=shop"],
  ["kubectl get pods -n 'staging' | head", ["staging"], "kubectl get pods -n 'shop' | head"],
  ['kubectl --context="c1" -n a get po', ["c1", "a"], 'kubectl --context="dev" -n shop get po'],
  ["kubectl config use-context c1", ["c1"], "kubectl config use-context dev"],
  ["helm --kube-context c1 -n a list", ["c1", "a"], "helm --kube-context dev -n shop list"],
  ["kubens a && kubectx c1", ["a", "c1"], "kubens shop && kubectx dev"],
  [
    "curl http://api.a.svc.cluster.local:80/ http://api.shop.svc/",
    ["a"],
    "curl http://api.shop.svc.cluster.local:80/ http://api.shop.svc/",
  ],
  [
    "kubectl apply -f - <<EOF\nmetadata:\n  namespace: a\nEOF",
    ["a"],
    "kubectl apply -f - <<EOF\nmetadata:\n  namespace: shop\nEOF",
  ],
];

test("namespaces and contexts of another target are marked, and each fix puts the target's there", () => {
  for (const [script, marked, fixed] of rows) {
    const text = bash(...script.split("\n"));
    const found = problemsOf("other-target", text, { target });
    assert.deepEqual(
      found.map((problem) => [problem.severity, textAt(text, problem)]),
      marked.map((name) => ["warning", name]),
      script,
    );
    let now = text;
    for (let left = marked.length; left > 0; left--) {
      const fix = problemsOf("other-target", now, { target })[0]?.fixes[0];
      assert.ok(fix, script);
      now = withFix(now, fix);
      assert.equal(problemsOf("other-target", now, { target }).length, left - 1, now);
    }
    assert.equal(now, bash(...fixed.split("\n")));
  }
});

test("what is said within quoted scripts is marked as a whole, without a fix", () => {
  const text = bash("bash -c 'kubectl get pods -n staging'");
  const [problem] = problemsOf("other-target", text, { target });
  assert.ok(problem);
  assert.equal(textAt(text, problem), "'kubectl get pods -n staging'");
  assert.deepEqual(problem.fixes, []);
});

test("namespaces of Kubernetes itself are hints", () => {
  const [problem] = problemsOf("other-target", bash("kubectl get pods -n kube-system"), { target });
  assert.equal(problem?.severity, "info");
});

test("the target's own names, placeholders, other machines and unknown targets are not told of", () => {
  for (const line of [
    "kubectl get pods -n shop --context dev",
    "kubectl get pods -n <namespace>",
    'kubectl get pods -n "$NAMESPACE"',
    "kubectl get pods -A",
    "ssh node 'kubectl get pods -n staging'",
    "echo -n staging",
    "kubens -",
    "curl http://api.<namespace>.svc/",
  ]) {
    assert.deepEqual(problemsOf("other-target", bash(line), { target }), [], line);
  }
  assert.deepEqual(problemsOf("other-target", bash("kubectl --context c1 -n a get po")), []);
  const [only, ...others] = problemsOf("other-target", bash("kubectl --context c1 -n a get po"), {
    target: { namespace: "shop" },
  });
  assert.match(only?.message ?? "", /namespace a, and the target is shop\b/);
  assert.deepEqual(others, []);
});
