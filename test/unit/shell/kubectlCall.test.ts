import assert from "node:assert/strict";
import { test } from "node:test";
import { type KubectlCall, readKubectl } from "../../../src/shell/kubectlCall.ts";
import { plainWords } from "../../../src/shell/words.ts";
import { analyse } from "./shellParser.ts";

/** The call of a kubectl command line, as a script has it. */
function read(line: string): KubectlCall {
  const found = analyse(line).commands[0]?.calls.find(({ program }) => program === "kubectl" || program === "oc");
  const call = found && readKubectl(found.args);
  assert.ok(call, line);
  return call;
}

/** `kind/name` of its resources; `kind` alone for all that are selected. */
function resources(line: string): string[] {
  return read(line).resources.map(({ kind, name }) => (name === null ? kind : `${kind}/${name}`));
}

test("resources are read in every way of naming them", () => {
  const table: Record<string, string[]> = {
    "kubectl get pods": ["pods"],
    "kubectl get po web-0 web-1": ["pods/web-0", "pods/web-1"],
    "kubectl get pod/web-0 svc/web": ["pods/web-0", "services/web"],
    "kubectl get pv,pvc -n x": ["persistentvolumes", "persistentvolumeclaims"],
    "kubectl get deploy,sts web": ["deployments/web", "statefulsets/web"],
    "kubectl get Deployments.apps web": ["deployments/web"],
    "kubectl get deployments.v1.apps web": ["deployments/web"],
    "kubectl get certificates.cert-manager.io x": ["certificates.cert-manager.io/x"],
    "kubectl -n x delete pod --force web-0 --grace-period=0": ["pods/web-0"],
    "kubectl delete pod -l app=x": ["pods"],
    "kubectl scale --replicas=3 deployment api-gateway": ["deployments/api-gateway"],
    "kubectl rollout restart deployment/a deploy/b": ["deployments/a", "deployments/b"],
    "kubectl rollout restart deployment a b": ["deployments/a", "deployments/b"],
    "kubectl rollout status ds x": ["daemonsets/x"],
    "kubectl logs web-0 -c app": ["pods/web-0"],
    "kubectl logs deploy/web -f": ["deployments/web"],
    "kubectl exec -it web-0 -- ls": ["pods/web-0"],
    "oc rsh deploy/web ls -l": ["deployments/web"],
    "kubectl port-forward svc/web 8080:80": ["services/web"],
    "kubectl cordon node-1 node-2": ["nodes/node-1", "nodes/node-2"],
    "kubectl drain node/node-1": ["nodes/node-1"],
    "oc adm drain node-1": ["nodes/node-1"],
    "kubectl label pod web-0 a=b c-": ["pods/web-0"],
    "kubectl annotate --overwrite hpa x a/b=c": ["horizontalpodautoscalers/x"],
    "kubectl taint nodes n1 k=v:NoSchedule": ["nodes/n1"],
    "kubectl set image deploy/web app=x:1": ["deployments/web"],
    "kubectl top pods -n x": ["pods"],
    "kubectl top node n1": ["nodes/n1"],
    "kubectl create deployment web --image=x": ["deployments/web"],
    "kubectl create secret generic s --from-literal=a=b": ["secrets/s"],
    "kubectl create ns x": ["namespaces/x"],
    "kubectl patch cj x -p '{}'": ["cronjobs/x"],
    "kubectl wait --for=condition=ready pod -l a=b": ["pods"],
    "kubectl delete -f x.yaml": [],
    "kubectl get all": ["all"],
    "kubectl delete pod <pod> $OTHER": ["pods/<pod>", "pods/$OTHER"],
    'for x in a b; do kubectl rollout resume "deploy/$x"; done': ["deployments/$x"],
    'for x in a b; do kubectl delete pod "$x" pod-"$x"-0; done': ["pods/$x", "pods/pod-$x-0"],
  };
  for (const [line, expected] of Object.entries(table)) assert.deepEqual(resources(line), expected, line);
});

test("verbs of one, two and three words", () => {
  const table: Record<string, string[]> = {
    "kubectl -n x --context y get pods": ["get"],
    "kubectl rollout undo deploy x": ["rollout", "undo"],
    "kubectl config use-context x": ["config", "use-context"],
    "kubectl auth can-i delete pods": ["auth", "can-i"],
    "kubectl apply view-last-applied deploy/x": ["apply", "view-last-applied"],
    "kubectl apply -f x": ["apply"],
    "oc adm policy add-scc-to-user x": ["adm", "policy", "add-scc-to-user"],
    "kubectl --kubeconfig=/x -v6 logs y": ["logs"],
  };
  for (const [line, expected] of Object.entries(table)) assert.deepEqual(read(line).verb, expected, line);
});

test("flags are read in every spelling", () => {
  for (const line of [
    "kubectl get po -n x",
    "kubectl get po -nx",
    "kubectl get po --namespace=x",
    "kubectl --namespace x get po",
    "kubectl get po -n=x",
    "kubectl get po -wn x",
  ]) {
    assert.equal(read(line).namespace, "x", line);
    assert.deepEqual(read(line).kinds, ["pods"], line);
  }
  for (const line of [
    "kubectl get po -lapp=x",
    "kubectl get po -l app=x",
    "kubectl get po --selector app=x",
    "kubectl get po -l 'app=x'",
  ]) {
    assert.equal(read(line).selector, "app=x", line);
  }
  const exec = read("kubectl exec -itn ns web-0 -c app -- psql -c 'select 1'");
  assert.deepEqual([exec.stdin, exec.tty, exec.namespace, exec.container], [true, true, "ns", "app"]);
  assert.deepEqual(
    exec.subcommand?.map(({ literal }) => literal),
    ["psql", "-c", "select 1"],
  );
  const logs = read("kubectl logs -f web-0 --tail=5 -p");
  assert.deepEqual([logs.follow, logs.files], [true, []]);
  const apply = read("kubectl apply -f a.yaml -f - -R --dry-run=server --context=c --kubeconfig k");
  assert.deepEqual(
    [apply.files, apply.recursive, apply.dryRun, apply.context, apply.kubeconfig],
    [["a.yaml", "-"], true, "server", "c", "k"],
  );
  const scale = read("kubectl scale deploy/x --replicas 0 --field-selector a=b -A --all --force --grace-period 0 -w");
  assert.deepEqual(
    [scale.replicas, scale.fieldSelector, scale.allNamespaces, scale.all, scale.force, scale.gracePeriod, scale.watch],
    [0, "a=b", true, true, true, 0, true],
  );
  assert.equal(read("kubectl get po --watch=false").watch, false);
  assert.deepEqual(
    read("oc rsh -c app web-0 ls -l --all").subcommand?.map(({ text }) => text),
    ["ls", "-l", "--all"],
  );
  assert.equal(read("oc rsh -c app web-0 ls -l --all").all, false);
  assert.deepEqual(read("kubectl label pod x a=b c-").rest, ["a=b", "c-"]);
  assert.deepEqual(read("kubectl port-forward svc/x 8080:80").rest, ["8080:80"]);
  assert.deepEqual(read("kubectl cp ns/x:/a ./b").rest, ["ns/x:/a", "./b"]);
});

test("what depends on an expansion is said", () => {
  for (const line of [
    "kubectl delete pod $POD",
    "kubectl delete pod -l app=$APP",
    "kubectl get po -n <ns>",
    "kubectl get po --frob x",
  ]) {
    assert.equal(read(line).unknown, true, line);
  }
  assert.equal(read("kubectl delete pod -l app=$APP").selector, "app=$APP");
  assert.equal(read("kubectl get po -n<ns>").namespace, "<ns>");
  assert.equal(read("kubectl get po --namespace=$NS").namespace, "$NS");
  for (const line of [
    "kubectl delete pod x -n y --force",
    "kubectl get po -o jsonpath='{.x}' --sort-by=.y --no-headers",
  ]) {
    assert.equal(read(line).unknown, false, line);
  }
  assert.equal(readKubectl(plainWords([])), null);
  assert.equal(readKubectl(plainWords(["-n", "x"])), null);
  assert.deepEqual(readKubectl(plainWords(["get", "pods"]))?.kinds, ["pods"]);
});
