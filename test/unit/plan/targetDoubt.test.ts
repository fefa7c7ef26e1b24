import assert from "node:assert/strict";
import { test } from "node:test";
import { namedContexts } from "../../../src/plan/blockScript.ts";
import { changesAnyCluster, contextsOf } from "../../../src/plan/plan.ts";
import { planScript } from "../../../src/plan/planScript.ts";
import { describePlan, emptyPreview } from "../../../src/plan/preview.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const target = { context: "staging", namespace: "pyairtable" };

function plan(...lines: string[]) {
  const analysis = analyseBlock(`${lines.join("\n")}\n`, "bash", parser);
  return planScript({ title: "Block", analysis, directory: "/", target });
}

const deletion = "kubectl delete pod -l app=api-gateway";

test("a command that leaves the pinned kubeconfig is not counted on the pinned target, and says so", () => {
  for (const line of [
    `KUBECONFIG=/etc/other ${deletion}`,
    `env KUBECONFIG=/etc/other ${deletion}`,
    `${deletion} --kubeconfig=/etc/other`,
    `${deletion} --kubeconfig /etc/other`,
    `kubectl -s https://192.0.2.1 delete pod x`,
    `kubectl --server=https://192.0.2.1 delete pod x`,
    `kubectl --cluster live delete pod x`,
    `for c in a b; do kubectl --context $c delete pod x; done`,
    `for c in a b; do kubectl --context=$c delete pod x; done`,
    "helm uninstall x --kubeconfig /etc/other",
  ]) {
    const made = plan(line, "kubectl get pods");
    const [command] = made.commands;
    assert.ok(command?.doubt, line);
    assert.deepEqual([command.actions, command.uncounted], [[], true], line);
    const told = describePlan(made, emptyPreview).join("\n");
    assert.match(told, /→ cannot tell which cluster this acts on: (its?|the block) /, line);
    assert.match(told, /→ (deletes|uninstalls) /, line);
    assert.equal(changesAnyCluster(made), true, line);
  }
});

test("what changes the kubeconfig leaves it open for all that follows", () => {
  for (const line of [
    "export KUBECONFIG=/etc/other",
    "unset KUBECONFIG",
    "kubectl config use-context other",
    "kubectl config set-context --current --namespace=other",
    "aws eks update-kubeconfig --name live",
    "az aks get-credentials -n live -g group",
    "gcloud container clusters get-credentials live",
    "oc project other",
    "kubens other",
    "cd / && kubectx live",
    "KUBECONFIG=/etc/other",
  ]) {
    const made = plan("kubectl scale deployment x --replicas=2", line, deletion);
    assert.deepEqual(
      made.commands.map(({ doubt }) => doubt !== null),
      [false, false, true],
      line,
    );
    assert.deepEqual(made.commands[2]?.actions, [], line);
  }
});

test("what stays where it is pinned is not doubted", () => {
  for (const line of [
    deletion,
    `kubectl --context live -n other delete pod x`,
    "kubectl config view",
    "kubectl config current-context",
    "echo $KUBECONFIG",
    "kubectl get pods --kubeconfig /etc/other",
    "ssh host kubectl --kubeconfig /etc/other delete pod x",
    "oc get projects",
    "kubectx",
    "./fix.sh",
  ]) {
    assert.deepEqual(plan(line, deletion).commands[1]?.doubt, null, line);
    assert.deepEqual(plan(line).commands[0]?.doubt, null, line);
    assert.equal(changesAnyCluster(plan(line, deletion)), false, line);
  }
});

test("a context that any program names is taken along, and counts as one the plan acts on", () => {
  for (const line of [
    "kubectl --context live delete pod x",
    "helm --kube-context live uninstall x",
    "helm uninstall x --kube-context=live",
    "flux --context=live suspend kustomization x",
    "velero --kubecontext live backup delete x",
  ]) {
    const analysis = analyseBlock(`${line}\n`, "bash", parser);
    assert.deepEqual(namedContexts(analysis), ["live"], line);
    assert.deepEqual(contextsOf(plan(line)), ["staging", "live"], line);
    assert.match(describePlan(plan(line), emptyPreview).join("\n"), /→ acts on live/, line);
  }
});
