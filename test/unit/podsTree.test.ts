import assert from "node:assert/strict";
import { test } from "node:test";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import { type Pod, slimPod } from "../../src/cluster/pod.ts";
import { WorkloadIndex } from "../../src/cluster/workloadIndex.ts";
import { type Arrangement, filterWords, plainArrangement } from "../../src/ui/pods/podsArrangement.ts";
import type { PodsState } from "../../src/ui/pods/podsModel.ts";
import { type PodsNode, PodsTree, pageSize } from "../../src/ui/pods/podsTree.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const now = start + 3_600_000;

interface Wish {
  readonly ready?: boolean;
  readonly node?: string;
  readonly restarts?: number;
}

/** A pod of the StatefulSet that its name begins with. */
function pod(name: string, { ready = true, node = "n1", restarts = 0 }: Wish = {}): Pod {
  const owner = { kind: "StatefulSet", name: name.replace(/-\d+$/, ""), controller: true };
  return slimPod({
    metadata: { name, uid: name, creationTimestamp: new Date(start).toISOString(), ownerReferences: [owner] },
    spec: { nodeName: node, containers: [{ name: "main", image: "i" }] },
    status: {
      phase: "Running",
      containerStatuses: [{ name: "main", ready, restartCount: restarts, state: { running: {} } }],
    },
  });
}

function live(...pods: Pod[]): PodsState {
  const target = { context: "c", namespace: "n" };
  const index = new WorkloadIndex();
  for (const one of pods) index.putPod(one);
  return { target, freshness: { state: "live" }, workloads: index.workloads() };
}

function ids(tree: PodsTree, node?: PodsNode): string[] {
  return tree.children(node).map(({ id }) => id);
}

function shown(state: PodsState, wish: Partial<Arrangement>): string[] {
  const tree = new PodsTree();
  tree.update(state, { ...plainArrangement, ...wish }, now);
  return tree.children().flatMap((node) => [node.id, ...ids(tree, node).map((id) => `  ${id}`)]);
}

test("workloads, their pods, and the pods' containers stand one below the other", () => {
  const tree = new PodsTree();
  tree.update(live(pod("a-0")), plainArrangement, now);
  const [workload] = tree.children();
  const [row] = tree.children(workload);
  assert.deepEqual([workload?.id, row?.id, ...ids(tree, row)], ["StatefulSet/a", "pod/a-0", "pod/a-0/main"]);
  assert.equal(row && tree.parent(row), workload);
  assert.equal(workload && tree.parent(workload), undefined);
});

test("only what changed is drawn anew, and a row keeps its object", () => {
  const tree = new PodsTree();
  const update = (...pods: Pod[]) => tree.update(live(...pods), plainArrangement, now)?.map(({ id }) => id) ?? "all";
  assert.equal(update(pod("a-0"), pod("b-0"), pod("b-1")), "all");
  const row = tree.podNode("b-0");
  assert.deepEqual(update(pod("a-0"), pod("b-0"), pod("b-1")), []);
  assert.deepEqual(update(pod("a-0"), pod("b-0", { restarts: 1 }), pod("b-1")), ["pod/b-0"]);
  assert.equal(tree.podNode("b-0"), row);
  assert.equal(row?.kind === "pod" && row.pod.status.restarts, 1);
  assert.deepEqual(update(pod("a-0"), pod("b-0", { restarts: 1 })), ["StatefulSet/b"], "with all below it");
  assert.equal(update(pod("a-0"), pod("b-0", { ready: false })), "all", "when the workloads stand in another order");
  assert.equal(update(pod("b-0")), "all");
});

test("as time goes by, only rows whose age is written otherwise are drawn anew", () => {
  const tree = new PodsTree();
  const state = live(pod("a-0"));
  tree.update(state, plainArrangement, now);
  assert.deepEqual(tree.update(state, plainArrangement, now + 1000), []);
  assert.deepEqual(
    tree.update(state, plainArrangement, now + 60_000)?.map(({ id }) => id),
    ["pod/a-0"],
  );
});

test("the filter finds workloads and pods by their names, in any case, and unhealthy ones", () => {
  const state = live(pod("api-0"), pod("api-1", { ready: false }), pod("db-0"));
  assert.deepEqual(shown(state, { text: "API" }), ["StatefulSet/api", "  pod/api-1", "  pod/api-0"]);
  assert.deepEqual(shown(state, { text: "api-0" }), ["StatefulSet/api", "  pod/api-0"]);
  assert.deepEqual(shown(state, { unhealthyOnly: true }), ["StatefulSet/api", "  pod/api-1"]);
  assert.deepEqual(shown(state, { text: "db", unhealthyOnly: true }), ["action/podbook.showAllPods"]);
  assert.equal(filterWords({ ...plainArrangement, text: "db", unhealthyOnly: true }), "unhealthy only, “db”");
});

test("a filtered workload still counts all of its pods", () => {
  const tree = new PodsTree();
  tree.update(live(pod("api-0"), pod("api-1", { ready: false })), { ...plainArrangement, unhealthyOnly: true }, now);
  const [row] = tree.children();
  assert.equal(row?.kind === "workload" && row.workload.pods.length, 2);
});

test("pods are grouped by node or not at all, and sorted as asked", () => {
  const state = live(pod("a-0", { node: "n2" }), pod("b-0", { restarts: 5 }), pod("c-0", { node: "" }));
  assert.deepEqual(shown(state, { grouping: "node" }), [
    "node/",
    "  pod/c-0",
    "node/n1",
    "  pod/b-0",
    "node/n2",
    "  pod/a-0",
  ]);
  const flat = shown(state, { grouping: "none", order: "restarts" }).filter((id) => !id.startsWith("  "));
  assert.deepEqual(flat, ["pod/b-0", "pod/a-0", "pod/c-0"]);
});

test("a large group comes in pages", () => {
  const pods = Array.from({ length: pageSize * 2 + 5 }, (_, index) => pod(`a-${index}`));
  const tree = new PodsTree();
  const counts = () => {
    tree.update(live(...pods), plainArrangement, now);
    const rows = tree.children(tree.children()[0]);
    const last = rows.at(-1);
    return [rows.length, last?.kind === "more" ? last.left : 0];
  };
  assert.deepEqual(counts(), [pageSize + 1, pageSize + 5]);
  tree.showMore("StatefulSet/a");
  assert.deepEqual(counts(), [pageSize * 2 + 1, 5]);
  tree.showMore("StatefulSet/a");
  assert.deepEqual(counts(), [pageSize * 2 + 5, 0]);
});

test("a failure offers the ways out", () => {
  const tree = new PodsTree();
  const error = new ClusterError("forbidden", "no", "ask");
  tree.update({ target: null, freshness: { state: "failed", error }, workloads: [] }, plainArrangement, now);
  assert.deepEqual(ids(tree), ["action/podbook.refreshPods", "action/podbook.openSettings"]);
});

test("a bare pod is one row, as it is its own workload", () => {
  const bare = slimPod({
    metadata: { name: "debug", uid: "debug" },
    spec: { containers: [{ name: "main", image: "i" }] },
    status: { phase: "Running", containerStatuses: [{ name: "main", ready: true, state: { running: {} } }] },
  });
  assert.deepEqual(shown(live(pod("a-0"), bare), {}), ["StatefulSet/a", "  pod/a-0", "pod/debug", "  pod/debug/main"]);
});

test("when what is known grows old, and when it is known again, every row is drawn anew", () => {
  const tree = new PodsTree();
  const state = live(pod("a-0"));
  const error = new ClusterError("unreachable", "Cannot reach it.", "Check the VPN.");
  const stale: PodsState = { ...state, freshness: { state: "stale", since: now, error } };
  assert.equal(tree.update(state, plainArrangement, now), null);
  assert.deepEqual(tree.update(state, plainArrangement, now), []);
  assert.equal(tree.update(stale, plainArrangement, now), null);
  assert.deepEqual(tree.update(stale, plainArrangement, now), []);
  assert.equal(tree.update(state, plainArrangement, now), null);
});
