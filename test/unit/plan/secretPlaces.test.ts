import assert from "node:assert/strict";
import { test } from "node:test";
import { planScript } from "../../../src/plan/planScript.ts";
import { secretPlaces } from "../../../src/plan/secretPlaces.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const target = { context: "staging", namespace: "pyairtable" };

function places(script: string): string[] {
  const plan = planScript({
    title: "t",
    analysis: analyseBlock(`${script}\n`, "bash", parser),
    directory: "/",
    target,
  });
  return secretPlaces(plan).map(
    ({ context, namespace, asked }) => `${context}/${namespace ?? "*"}${asked ? " asked" : ""}`,
  );
}

test("the usual reads, and the changes whose output is known, do not wait for Secrets", () => {
  for (const script of [
    "kubectl get pods -o wide",
    "kubectl get all -n pyairtable",
    "kubectl describe pod api-gateway-0",
    "kubectl logs -l app=api-gateway --tail=50",
    "kubectl top pods",
    "kubectl config view --raw",
    "kubectl rollout restart deployment/api-gateway",
    "curl http://api-gateway.pyairtable.svc.cluster.local:8080/health",
    "echo hi",
  ]) {
    assert.deepEqual(places(script), [], script);
  }
});

test("what reads Secrets is looked up where it reads them", () => {
  assert.deepEqual(places("kubectl get secret -o yaml"), ["staging/pyairtable asked"]);
  assert.deepEqual(places("kubectl get pods,secrets -n other -o json"), [
    "staging/pyairtable asked",
    "staging/other asked",
  ]);
  assert.deepEqual(places("kubectl describe secrets -A"), ["staging/pyairtable asked", "staging/* asked"]);
  assert.deepEqual(places("kubectl --context live get secret x"), [
    "staging/pyairtable asked",
    "live/pyairtable asked",
  ]);
  assert.deepEqual(places("helm get values api"), ["staging/pyairtable asked"]);
  assert.deepEqual(places("for k in secrets; do kubectl get $k -o yaml; done"), ["staging/pyairtable asked"]);
});

test("so is what may come across them", () => {
  assert.deepEqual(places("kubectl exec -it postgres-0 -- env"), ["staging/pyairtable"]);
  assert.deepEqual(places("./health-check.sh"), ["staging/pyairtable"]);
  assert.deepEqual(places("kubectl get $KIND -o yaml"), ["staging/pyairtable"]);
  assert.deepEqual(places("kubectl get -f all.yaml -n other"), ["staging/other"]);
  assert.deepEqual(places("kubectl get --raw /api/v1/configmaps"), ["staging/*"]);
});

test("a plan without a cluster prints none", () => {
  const analysis = analyseBlock("kubectl get secrets\n", "bash", parser);
  assert.deepEqual(secretPlaces(planScript({ title: "t", analysis, directory: "/", target: null })), []);
});
