import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { crashLines } from "../bed/agent/crash.ts";
import { kubeStateMetrics } from "../bed/agent/kubeStateMetrics.ts";
import { PodLogs } from "../bed/agent/logs.ts";
import { type EndpointSlice, type Pod, podsOfServices, viewPod } from "../bed/agent/pods.ts";
import { ScrapeTargets } from "../bed/agent/scrapeTargets.ts";

const spec: Pod["spec"] = {
  containers: [{ name: "web", ports: [{ containerPort: 80 }], envFrom: [{ configMapRef: { name: "settings" } }, {}] }],
};

test("a pod that runs has an instance that changes with every start of its container", () => {
  const pod = (restartCount: number, startedAt: string): Pod => ({
    metadata: { name: "web-1", uid: "u" },
    spec,
    status: {
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [{ restartCount, state: { running: { startedAt } } }],
    },
  });
  const view = viewPod(pod(0, "2026-01-01T00:00:00Z"));
  deepEqual(view, {
    name: "web-1",
    uid: "u",
    container: "web",
    port: 80,
    configMaps: ["settings"],
    ready: true,
    deleting: false,
    instance: "0@2026-01-01T00:00:00Z",
    ended: undefined,
  });
  ok(viewPod(pod(1, "2026-01-01T00:00:00Z"))?.instance !== view?.instance);
  ok(viewPod(pod(0, "2026-01-01T00:00:09Z"))?.instance !== view?.instance);
});

test("a pod that waits after a crash does not run, and its last end is known", () => {
  const view = viewPod({
    metadata: { name: "web-1", uid: "u", deletionTimestamp: "2026-01-01T00:00:00Z" },
    spec,
    status: {
      containerStatuses: [{ restartCount: 1, lastState: { terminated: { reason: "OOMKilled", exitCode: 137 } } }],
    },
  });
  equal(view?.instance, undefined);
  equal(view?.ready, false);
  equal(view?.deleting, true);
  deepEqual(view?.ended, { reason: "OOMKilled", exitCode: 137 });
  equal(viewPod({ metadata: { name: "x", uid: "u" }, spec: { containers: [{ name: "x" }] } }), undefined);
});

test("a service is served by the ready pods of all its slices", () => {
  const slice = (service: string, ...endpoints: NonNullable<EndpointSlice["endpoints"]>): EndpointSlice => ({
    metadata: { name: `${service}-x`, labels: { "kubernetes.io/service-name": service } },
    endpoints,
  });
  const to = (name: string, ready?: boolean) => ({
    targetRef: { kind: "Pod", name },
    ...(ready !== undefined && { conditions: { ready } }),
  });
  const found = podsOfServices([
    slice("a", to("a-1", true), to("a-2", false)),
    slice("a", to("a-3")),
    slice("b"),
    { metadata: { name: "c" }, endpoints: null },
  ]);
  deepEqual(
    [...found],
    [
      ["a", ["a-1", "a-3"]],
      ["b", []],
    ],
  );
});

test("a failing container says why, a killed one cannot", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const [line = ""] = crashLines("auth-service", { reason: "Error", exitCode: 1 }, now);
  equal((JSON.parse(line) as { level: string }).level, "fatal");
  ok(crashLines("postgres", { reason: "Error", exitCode: 1 }, now).some((one) => one.includes("PANIC")));
  deepEqual(crashLines("auth-service", { reason: "OOMKilled", exitCode: 137 }, now), []);
  deepEqual(crashLines("auth-service", { reason: "Error", exitCode: 143 }, now), []);
  deepEqual(crashLines("auth-service", { reason: "Completed", exitCode: 0 }, now), []);
});

test("logs lead to the current and the previous start as a kubelet's do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "podbook-logs-"));
  try {
    const logs = new PodLogs(join(folder, "pod"));
    const words = (file: string) => readFileSync(file, "utf8").replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z stdout F /gm, "");
    const first = logs.open();
    first.write("one\ntw");
    first.write("o\nlast without end");
    equal(existsSync(logs.previous), false);
    await logs.close(["why it ended"]);
    // While the container waits for its restart, both show its last start.
    equal(words(logs.current), "one\ntwo\nlast without end\nwhy it ended\n");
    equal(words(logs.previous), words(logs.current));
    logs.open().line("second");
    await logs.close([]);
    logs.open().line("third");
    equal(words(logs.previous), "second\n");
    await logs.close([]);
    equal(words(logs.current), "third\n");
    logs.remove();
    equal(existsSync(join(folder, "pod")), false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the exporter tells of restarts, readiness, phase and why a container waits", () => {
  const pod: Pod = {
    metadata: { name: "web-1", uid: "u" },
    spec,
    status: {
      phase: "Running",
      conditions: [{ type: "Ready", status: "False" }],
      containerStatuses: [{ restartCount: 3, state: { waiting: { reason: "CrashLoopBackOff" } } }],
    },
  };
  const text = kubeStateMetrics([
    { namespace: "shop", pod },
    { namespace: "shop", pod: { metadata: { name: "new", uid: "v" }, spec } },
  ]);
  const lines = text.split("\n");
  const web = 'namespace="shop",pod="web-1",uid="u"';
  ok(lines.includes(`kube_pod_container_status_restarts_total{${web},container="web"} 3`));
  ok(lines.includes(`kube_pod_status_ready{${web},condition="true"} 0`));
  ok(lines.includes(`kube_pod_status_ready{${web},condition="false"} 1`));
  ok(lines.includes(`kube_pod_status_phase{${web},phase="Running"} 1`));
  ok(lines.includes(`kube_pod_container_status_waiting_reason{${web},container="web",reason="CrashLoopBackOff"} 1`));
  equal(lines.filter((line) => /^kube_pod_status_ready\{.*pod="new"/.test(line)).length, 0, "nothing is made up");
  equal(lines.filter((line) => line.startsWith("# TYPE")).length, 4);
});

test("scrape targets are written for each container's name, and a pod without its program is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "podbook-targets-"));
  try {
    const targets = new ScrapeTargets(folder);
    const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    const one = { container: "web", namespace: "shop", pod: "web-1", port: 80 };
    targets.update("shop", [{ ...one, localPort: 4000 }]);
    targets.update("other", [{ ...one, namespace: "other", pod: "web-2", localPort: undefined }]);
    const labels = { namespace: "shop", pod: "web-1", container: "web", instance: "web-1:80" };
    deepEqual(read("web"), [
      { targets: ["127.0.0.1:4000"], labels },
      {
        targets: ["127.0.0.1:1"],
        labels: { namespace: "other", pod: "web-2", container: "web", instance: "web-2:80" },
      },
    ]);
    targets.update("other", []);
    targets.update("shop", []);
    deepEqual(read("web"), [], "what is gone is no target any more");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
