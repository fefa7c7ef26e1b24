import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Pod, slimPod } from "../../src/cluster/pod.ts";
import type { Workload } from "../../src/cluster/workload.ts";
import { WorkloadIndex } from "../../src/cluster/workloadIndex.ts";

type Step =
  | { readonly kind: "pod"; readonly uid: number; readonly owner: string; readonly ready: boolean }
  | { readonly kind: "gone"; readonly uid: number }
  | { readonly kind: "spec"; readonly owner: string; readonly desired: number }
  | { readonly kind: "no-spec"; readonly owner: string }
  | { readonly kind: "look" };

const owner = fc.constantFrom("a", "b", "c", "d", "e");
const uid = fc.nat(12);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("pod" as const), uid, owner, ready: fc.boolean() }),
  fc.record({ kind: fc.constant("gone" as const), uid }),
  fc.record({ kind: fc.constant("spec" as const), owner, desired: fc.nat(3) }),
  fc.record({ kind: fc.constant("no-spec" as const), owner }),
  fc.constant({ kind: "look" as const }),
);

function pod(id: number, owner: string, ready: boolean): Pod {
  return slimPod({
    metadata: {
      name: `${owner}-${id}`,
      uid: `${id}`,
      ownerReferences: [{ kind: "StatefulSet", name: owner, controller: true }],
    },
    spec: { containers: [{ name: "main" }] },
    status: { phase: "Running", containerStatuses: [{ name: "main", ready, state: { running: {} } }] },
  });
}

test("whatever comes, changes and goes, the index is what one made at once would be", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = new WorkloadIndex();
      const pods = new Map<number, Pod>();
      const specs = new Map<string, number>();
      for (const one of steps) {
        if (one.kind === "pod") {
          const made = pod(one.uid, one.owner, one.ready);
          pods.set(one.uid, made);
          index.putPod(made);
        } else if (one.kind === "gone") {
          pods.delete(one.uid);
          index.deletePod(`${one.uid}`);
        } else if (one.kind === "spec") {
          specs.set(one.owner, one.desired);
          index.putSpec({ kind: "StatefulSet", name: one.owner, desired: one.desired, selector: "" });
        } else if (one.kind === "no-spec") {
          specs.delete(one.owner);
          index.deleteSpec("StatefulSet", one.owner);
        } else index.workloads();
      }
      const fresh = new WorkloadIndex();
      for (const made of pods.values()) fresh.putPod(made);
      for (const [name, desired] of specs) fresh.putSpec({ kind: "StatefulSet", name, desired, selector: "" });
      assert.deepEqual(index.workloads(), fresh.workloads());
      assert.equal(index.podCount, pods.size);
    }),
    { numRuns: 400 },
  );
});

test("a workload that has not changed stays the same object", () => {
  const index = new WorkloadIndex();
  for (let id = 0; id < 6; id++) index.putPod(pod(id, id % 2 === 0 ? "even" : "odd", true));
  const of = (name: string): Workload | undefined => index.workloads().find((one) => one.name === name);
  const [even, odd] = [of("even"), of("odd")];
  index.putPod(pod(1, "odd", false));
  assert.equal(of("even"), even);
  assert.notEqual(of("odd"), odd);
  assert.equal(index.workloads()[0]?.name, "odd", "the worse comes first");
});
