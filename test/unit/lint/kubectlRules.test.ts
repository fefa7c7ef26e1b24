import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../../src/lint/problem.ts";
import { bash, problemsOf, textAt, withFix } from "./linting.ts";

/** A line, what is marked in it, and what its first fix makes of it; null where none is offered. */
type Row = readonly [line: string, marked: string, fixed: string | null];

/** The one problem that a line has; its fix must leave nothing of the rule. */
function onlyProblem(rule: "deprecated-kubectl" | "takes-all-replicas", [line, marked, fixed]: Row): Problem {
  const text = bash(line);
  const [problem, ...others] = problemsOf(rule, text);
  assert.ok(problem, line);
  assert.deepEqual(others, [], line);
  assert.equal(textAt(text, problem), marked, line);
  assert.equal(problem.severity, "warning");
  const made = problem.fixes.map((fix) => withFix(text, fix));
  assert.deepEqual(made, fixed === null ? [] : [bash(fixed)], line);
  for (const now of made) assert.deepEqual(problemsOf(rule, now), [], now);
  return problem;
}

const deprecated: readonly Row[] = [
  ["kubectl get endpoints", "endpoints", "kubectl get endpointslices"],
  [
    "kubectl get ep -n shop api | head",
    "ep",
    "kubectl get endpointslices -n shop -l kubernetes.io/service-name=api | head",
  ],
  ["kubectl describe ep/api", "ep/api", "kubectl describe endpointslices -l kubernetes.io/service-name=api"],
  ["kubectl get ep a b", "ep", 'kubectl get endpointslices -l "kubernetes.io/service-name in (a,b)"'],
  ["kubectl get ep a $SVC", "ep", 'kubectl get endpointslices -l "kubernetes.io/service-name in (a,$SVC)"'],
  ["kubectl get ep <service-name>", "ep", "kubectl get endpointslices -l kubernetes.io/service-name=<service-name>"],
  ["kubectl get svc,ep", "svc,ep", "kubectl get svc,endpointslices"],
  ["kubectl get ep api -o jsonpath={.subsets}", "ep", null],
  ["kubectl delete ep api", "ep", null],
  ["ssh node 'kubectl get ep'", "'kubectl get ep'", null],
  ["kubectl get cs", "cs", "kubectl get --raw='/readyz?verbose'"],
  ["kubectl get componentstatuses -o yaml", "componentstatuses", null],
  ["kubectl get psp", "psp", null],
  ["kubectl apply -f api.yaml --record", "--record", "kubectl apply -f api.yaml"],
  ["kubectl get pods -a -o wide", "-a", "kubectl get pods -o wide"],
  ["kubectl get pods --show-all", "--show-all", "kubectl get pods"],
  ["kubectl get svc api --export -o yaml", "--export", "kubectl get svc api -o yaml"],
  ["kubectl version --short", "--short", "kubectl version"],
  ["kubectl run x --image=y --generator=run-pod/v1", "--generator=run-pod/v1", "kubectl run x --image=y"],
  ["kubectl run x --image=y --replicas=3", "--replicas=3", null],
  ["kubectl drain n1 --delete-local-data", "--delete-local-data", "kubectl drain n1 --delete-emptydir-data"],
  ["kubectl run x --image=y --dry-run", "--dry-run", "kubectl run x --image=y --dry-run=client"],
  ["kubectl apply -f x --dry-run=false", "--dry-run=false", "kubectl apply -f x --dry-run=none"],
  ["kubectl delete rs api --cascade=false", "--cascade=false", "kubectl delete rs api --cascade=orphan"],
  ["kubectl autoscale deploy api --max=3 --cpu-percent=70", "--cpu-percent=70", null],
  ["kubectl log api-1", "log", "kubectl logs api-1"],
  ["kubectl rolling-update api", "rolling-update", null],
  ["kubectl exec api-1 ls /", "ls", "kubectl exec api-1 -- ls /"],
];

test("deprecated kubectl forms are marked, and their fixes leave none", () => {
  for (const row of deprecated) onlyProblem("deprecated-kubectl", row);
});

test("forms that kubectl takes today are not told of", () => {
  for (const line of [
    "kubectl get endpointslices",
    "kubectl get pods ep",
    "kubectl get pods -l x=endpoints",
    "kubectl logs api-1 -n ep",
    "kubectl get pods -A",
    "kubectl apply -f x --dry-run=server",
    "kubectl delete rs api --cascade=background",
    "kubectl exec api-1 -- kill 1",
    "kubectl create deployment x --image=y --replicas=3",
    "echo kubectl get endpoints",
    "# kubectl get endpoints",
  ]) {
    assert.deepEqual(problemsOf("deprecated-kubectl", bash(line)), [], line);
  }
});

test("API versions that are not served any more are found in here-documents only", () => {
  const manifest = (version: string, program = "kubectl apply -f -") =>
    bash(`${program} <<EOF`, `apiVersion: ${version}`, "kind: PodDisruptionBudget", "EOF");
  const text = manifest("policy/v1beta1");
  const [problem] = problemsOf("deprecated-kubectl", text);
  assert.ok(problem);
  assert.deepEqual([problem.line, textAt(text, problem)], [4, "policy/v1beta1"]);
  assert.deepEqual(
    problem.fixes.map((fix) => withFix(text, fix)),
    [manifest("policy/v1")],
  );
  const [other] = problemsOf("deprecated-kubectl", manifest("extensions/v1beta1"));
  assert.deepEqual(other?.fixes, [], "fields differ, so the name alone must not be replaced");
  assert.deepEqual(problemsOf("deprecated-kubectl", manifest("policy/v1")), []);
  assert.deepEqual(problemsOf("deprecated-kubectl", manifest("policy/v1beta1", "cat")), []);
});

const restart = "kubectl rollout restart deployment";
const deletions: readonly Row[] = [
  ["kubectl delete pods -l app=api -n shop", "kubectl delete pods -l app=api -n shop", `${restart}/api -n shop`],
  ["kubectl -n shop delete po -l app==api", "kubectl -n shop delete po -l app==api", `${restart}/api -n shop`],
  [
    "kubectl delete pod --selector=app.kubernetes.io/name=api --context=c1 --force",
    "kubectl delete pod --selector=app.kubernetes.io/name=api --context=c1 --force",
    `${restart}/api --context=c1`,
  ],
  ["kubectl delete pod -l app=<service-name>", "kubectl delete pod -l app=<service-name>", `${restart}/<service-name>`],
  ["kubectl delete pod -l app=x > out", "kubectl delete pod -l app=x", `${restart}/x > out`],
  ["kubectl delete pod > out -l app=x", "kubectl delete pod > out -l app=x", null],
  ["kubectl delete pods --all", "kubectl delete pods --all", null],
  ["kubectl delete pods -l app=api,tier=web", "kubectl delete pods -l app=api,tier=web", null],
  ["kubectl delete pods -l app!=api", "kubectl delete pods -l app!=api", null],
  ["kubectl delete pods,svc -l app=api", "kubectl delete pods,svc -l app=api", null],
  ["kubectl delete pods -A -l app=api", "kubectl delete pods -A -l app=api", null],
];

test("deletions that leave no replica are marked, and a fix restarts the workload where that is the same", () => {
  for (const row of deletions) onlyProblem("takes-all-replicas", row);
  const [problem] = problemsOf("takes-all-replicas", bash("kubectl delete pods --all -A"));
  assert.match(problem?.message ?? "", /all namespaces/);
});

test("deletions that leave replicas, or delete nothing, are not told of", () => {
  for (const line of [
    "kubectl delete pod api-1",
    "kubectl delete pod <pod-name> -n shop",
    "kubectl delete pods -l app=api --dry-run=client",
    "kubectl delete pods --all --field-selector=status.phase=Failed",
    "kubectl delete job -l app=api",
    "kubectl get pods -l app=api",
  ]) {
    assert.deepEqual(problemsOf("takes-all-replicas", bash(line)), [], line);
  }
});
