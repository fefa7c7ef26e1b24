import assert from "node:assert/strict";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { whyLine } from "../../../src/cluster/podColumns.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import type { FailureKind } from "../../bed/failures/failure.ts";
import { kubectl } from "../../run/kubectl.ts";
import { testBedName } from "../../run/testBedName.ts";
import { until } from "../../run/until.ts";
import { soaking } from "../../soak.ts";
import { CuttableProxy } from "./cuttableProxy.ts";
import { allPods, followPods, heldAround, kubectlLines, linesAround } from "./followedPods.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
const namespace = "pyairtable";
const choice = { kubeconfig: "", context: "", namespace };
let bed: Bed;

before(async () => {
  bed = await bedUp(bedOptions);
  await bedReset(bedOptions);
});

after(() => bedReset(bedOptions));

const follow = (more: Parameters<typeof followPods>[2] = {}) => followPods(bed, namespace, more);

const rounds: { breaks: [FailureKind, string][]; ms: number; prints: string[]; why: [string, RegExp][] }[] = [
  {
    breaks: [
      ["kill", "api-gateway"],
      ["crash-loop", "auth-service"],
      ["image-pull", "platform-services"],
    ],
    ms: 12_000,
    prints: ["CrashLoopBackOff", "ImagePullBackOff", "ContainerCreating"],
    why: [
      ["auth-service", /^auth-service ended with exit code 1 \(Error\) \d+s ago$/],
      ["platform-services", /^image .*:does-not-exist of platform-services cannot be pulled: /],
    ],
  },
  {
    breaks: [
      ["oom", "api-gateway"],
      ["not-ready", "auth-service"],
      ["pending", "platform-services"],
    ],
    ms: 10_000,
    prints: ["Pending"],
    why: [
      ["api-gateway", /^api-gateway ended with exit code 137 \(OOMKilled\) \d+s ago$/],
      ["auth-service", /^Readiness probe failed: HTTP probe failed with statuscode: 503$/],
      ["platform-services", /^no node takes it: .*Insufficient cpu/],
    ],
  },
  // Alone: the other failures are made by the node that falls silent here.
  {
    breaks: [["node-down", "postgres"]],
    ms: 28_000,
    prints: [],
    why: [["postgres", /^is not Ready: /]],
  },
];

for (const { breaks, ms, prints, why } of soaking ? rounds : []) {
  test(`pods are what kubectl prints, and say why, under ${breaks.map(([kind]) => kind).join(", ")}`, async () => {
    const { watch, history } = await follow();
    try {
      await until(() => watch.freshness.state === "live", "live", 5000);
      for (const [kind, workload] of breaks) await breakWorkload(bed, kind, workload);
      const printed: { at: number; lines: Map<string, string> }[] = [];
      const whys = new Map<string, Set<string>>();
      for (const end = Date.now() + ms; Date.now() < end; ) {
        printed.push({ at: Date.now(), lines: await kubectlLines(bed, namespace) });
        for (const pod of allPods(watch)) {
          const known = whys.get(pod.owner.name) ?? new Set();
          whys.set(pod.owner.name, known.add(whyLine(pod, Date.now())));
        }
        await delay(250);
      }
      await delay(1000);
      const seen = printed.flatMap(({ lines }) => [...lines.values()]);
      for (const status of prints) {
        assert.ok(
          seen.some((line) => line.includes(status)),
          `kubectl never printed ${status}`,
        );
      }
      for (const { at, lines } of printed) {
        const held = heldAround(history, at);
        for (const [name, line] of lines) {
          const ours = linesAround(held, name, at);
          assert.ok(ours.has(line), `${name}: kubectl printed "${line}", we held ${JSON.stringify([...ours])}`);
        }
      }
      for (const [workload, expected] of why) {
        const said = [...(whys.get(workload) ?? [])];
        assert.ok(
          said.some((line) => expected.test(line)),
          `${workload}: ${JSON.stringify(said)}`,
        );
      }
    } finally {
      watch.dispose();
      await bedReset(bedOptions);
    }
  });
}

test("a workload whose pods are all gone stays, with the number it should have", async () => {
  const { watch } = await follow();
  const gateway = () => watch.workloads().find(({ name }) => name === "api-gateway");
  try {
    await until(() => gateway()?.pods.length === 2, "two pods", 5000);
    await kubectl(bed, "scale", "deployment/api-gateway", "-n", "pyairtable", "--replicas=0");
    await until(() => gateway()?.pods.length === 0, "no pod", 20_000);
    assert.equal(gateway()?.desired, 0);
    await kubectl(bed, "scale", "deployment/api-gateway", "-n", "pyairtable", "--replicas=2");
    await until(() => gateway()?.desired === 2, "two wanted", 5000);
  } finally {
    watch.dispose();
  }
});

test("when the API server goes the pods turn stale, and live again when it is back", async () => {
  const { server } = await pinTarget([bed.kubeconfig], choice);
  const proxy = await CuttableProxy.start(new URL(server));
  const { watch } = await follow({ server: proxy.url });
  try {
    await until(() => watch.freshness.state === "live", "live", 5000);
    const pods = allPods(watch).length;
    proxy.cut();
    await until(() => watch.freshness.state === "stale", "stale", 5000);
    assert.equal(watch.freshness.state === "stale" && watch.freshness.error.reason, "unreachable");
    assert.equal(allPods(watch).length, pods, "the pods known last are kept");
    await proxy.restore();
    await until(() => watch.freshness.state === "live", "live again", 10_000);
  } finally {
    watch.dispose();
    await proxy.close();
  }
});

test("an API server that is not there yet is waited for", async () => {
  const { server } = await pinTarget([bed.kubeconfig], choice);
  const proxy = await CuttableProxy.start(new URL(server));
  proxy.cut();
  const { watch } = await follow({ server: proxy.url });
  try {
    await until(() => watch.freshness.state === "failed", "failed", 5000);
    await proxy.restore();
    await until(() => watch.freshness.state === "live", "live", 10_000);
  } finally {
    watch.dispose();
    await proxy.close();
  }
});

test("a user who may not list pods is told so, and sees them once the role is there", async () => {
  await kubectl(bed, "create", "serviceaccount", "nobody", "-n", "pyairtable");
  const token = (await kubectl(bed, "create", "token", "nobody", "-n", "pyairtable")).trim();
  const { watch } = await follow({ user: { token } });
  try {
    await until(() => watch.freshness.state === "failed", "failed", 5000);
    assert.equal(watch.freshness.state === "failed" && watch.freshness.error.reason, "forbidden");
    await kubectl(bed, "create", "role", "reader", "-n", "pyairtable", "--verb=list,watch", "--resource=pods");
    await kubectl(
      bed,
      "create",
      "rolebinding",
      "reader",
      "-n",
      "pyairtable",
      "--role=reader",
      "--serviceaccount=pyairtable:nobody",
    );
    await until(() => watch.freshness.state === "live", "live", 10_000);
    assert.deepEqual(
      watch.workloads().map(({ name, desired }) => [name, desired]),
      [
        ["api-gateway", null],
        ["auth-service", null],
        ["platform-services", null],
        ["postgres", null],
      ],
      "without a role for Deployments, the pods alone",
    );
  } finally {
    watch.dispose();
    await kubectl(
      bed,
      "delete",
      "rolebinding/reader",
      "role/reader",
      "serviceaccount/nobody",
      "-n",
      "pyairtable",
      "--ignore-not-found",
    );
  }
});

test("credentials that the server does not accept are told apart from a missing role", async () => {
  const { watch } = await follow({ user: { token: "wrong" } });
  try {
    await until(() => watch.freshness.state === "failed", "failed", 5000);
    assert.equal(watch.freshness.state === "failed" && watch.freshness.error.reason, "unauthorized");
  } finally {
    watch.dispose();
  }
});
