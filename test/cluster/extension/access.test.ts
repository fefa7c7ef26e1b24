import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { previewPlan } from "../../../src/cluster/previewPlan.ts";
import { describeAccess } from "../../../src/plan/access.ts";
import type { PlaceholderKind } from "../../../src/plan/placeholderKind.ts";
import { planScript } from "../../../src/plan/planScript.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { testShellParser } from "../../unit/shellParser.ts";
import { DemoBed } from "../demoBed.ts";

const parser = await testShellParser();
let demo: DemoBed;

before(async () => {
  demo = await DemoBed.open();
});
after(() => demo.close());

/** The connection of a user who may look at pods and Deployments of the namespace, and nothing else. */
async function reader(): Promise<Connection> {
  await demo.kubectl(["create", "serviceaccount", "reader", "-n", "pyairtable"]);
  await demo.kubectl([
    "create",
    "rolebinding",
    "reader",
    "-n",
    "pyairtable",
    "--clusterrole=view",
    "--serviceaccount=pyairtable:reader",
  ]);
  const token = (await demo.kubectl(["create", "token", "reader", "-n", "pyairtable"])).trim();
  const pinned = await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  const config = JSON.parse(pinned.kubeconfig);
  config.users[0].user = { token };
  return new Connection({ ...pinned, kubeconfig: JSON.stringify(config) });
}

test("a plan says before it runs what the user may not do, and the candidates come with their health", async () => {
  const connection = await reader();
  try {
    const text = [
      "kubectl get pods",
      "kubectl delete pod -l app=api-gateway",
      "kubectl scale deployment api-gateway --replicas=3",
      "kubectl rollout restart deployment/auth-service",
      "kubectl exec postgres-0 -- pg_isready",
      "kubectl cordon worker-1",
    ].join("\n");
    const analysis = analyseBlock(text, "bash", parser);
    const plan = planScript({ title: "", analysis, directory: "/", target: connection.pinned.target });
    const preview = await previewPlan(plan, async () => connection, AbortSignal.timeout(10_000));
    assert.deepEqual(preview.refused.map(describeAccess).sort(), [
      "create pods/exec in pyairtable",
      "delete pods in pyairtable",
      "patch deployments in pyairtable",
      "patch deployments/scale in pyairtable",
      "patch nodes",
    ]);
    const pods = await connection.candidates("pod", AbortSignal.timeout(10_000));
    assert.deepEqual(
      pods.filter(({ value }) => value === "postgres-0"),
      [{ value: "postgres-0", detail: "Running · 1/1 ready", healthy: true }],
    );
  } finally {
    await demo.kubectl(["delete", "rolebinding/reader", "serviceaccount/reader", "-n", "pyairtable"]);
  }
});

test("a placeholder is offered what the cluster has of its kind, the unhealthy first", async () => {
  const pinned = await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  const connection = new Connection(pinned);
  const offered = async (kind: PlaceholderKind) => connection.candidates(kind, AbortSignal.timeout(10_000));
  const expected: Partial<Record<PlaceholderKind, string>> = {
    service: "postgres",
    deployment: "auth-service 2/2 ready",
    statefulset: "postgres 1/1 ready",
    node: "worker-1 Ready",
    namespace: "pyairtable Active",
    container: "postgres in 1 pod",
  };
  for (const [kind, wanted] of Object.entries(expected)) {
    const found = (await offered(kind as PlaceholderKind)).map(({ value, detail }) => `${value} ${detail}`.trim());
    assert.ok(found.includes(wanted), `${kind}: ${found.join(", ")}`);
  }
  await breakWorkload(demo.bed, "not-ready", "platform-services");
  try {
    const unready = ["wait", "pods", "-n", "pyairtable", "-l", "app=platform-services", "--for=condition=Ready=false"];
    await demo.kubectl([...unready, "--timeout=20s"]);
    const pods = await offered("pod");
    assert.deepEqual(
      pods.slice(0, 2).map(({ value, detail, healthy }) => [value.replace(/-\w+-\w+$/, ""), detail, healthy]),
      Array(2).fill(["platform-services", "Running · 0/1 ready", false]),
    );
    assert.ok(pods.length >= 7 && pods.slice(2).every(({ healthy }) => healthy));
  } finally {
    await mend(demo.bed);
  }
});
