import assert from "node:assert/strict";
import { test } from "node:test";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import { findPrometheusServices } from "../../src/cluster/prometheusServices.ts";

const { signal } = new AbortController();

interface Ports {
  readonly [name: string]: number;
}

function service(name: string, namespace: string, ports: Ports, more: { labels?: object; spec?: object } = {}) {
  const list = Object.entries(ports).map(([portName, port]) => ({ name: portName, port }));
  return { metadata: { name, namespace, labels: more.labels }, spec: { ports: list, ...more.spec } };
}

/** A cluster that has these services, of which the user may list those of some namespaces; null for all. */
function cluster(services: ReturnType<typeof service>[], allowed: readonly string[] | null) {
  const asked: string[] = [];
  const get = async (path: string): Promise<unknown> => {
    asked.push(path);
    const namespace = /namespaces\/([^/]+)/.exec(path)?.[1];
    if (allowed !== null && (namespace === undefined || !allowed.includes(namespace))) {
      throw new ClusterError("forbidden", "no", "ask");
    }
    return { items: services.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace) };
  };
  return { asked, get };
}

async function found(services: ReturnType<typeof service>[], allowed: readonly string[] | null = null) {
  const ports = await findPrometheusServices(cluster(services, allowed), "shop", signal);
  return ports.map((one) => `${one.namespace}/${one.service}:${one.port}`);
}

const labels = { "app.kubernetes.io/name": "prometheus" };

test("Prometheus is told by its label or its name, and by its port", async () => {
  assert.deepEqual(
    await found([
      service("metrics", "shop", { web: 9090 }, { labels }),
      service("prometheus-server", "tools", { http: 80 }),
      service("prometheus", "monitoring", { "http-web": 9090, "reloader-web": 8080 }),
      service("prometheus-without-port", "monitoring", { grpc: 10_901 }),
      service("api-gateway", "shop", { http: 9090 }),
      service("prometheus-elsewhere", "shop", { web: 9090 }, { spec: { type: "ExternalName" } }),
    ]),
    ["monitoring/prometheus:9090", "shop/metrics:9090", "tools/prometheus-server:80"],
  );
});

test("of a chart with all its helpers, the one that answers queries is found", async () => {
  const names = ["alertmanager", "grafana", "kube-state-metrics", "operator", "prometheus-node-exporter", "coredns"];
  const stack = names.map((name) => service(`kube-prometheus-stack-${name}`, "monitoring", { "http-web": 9090 }));
  const own = service("kube-prometheus-stack-prometheus", "monitoring", { "http-web": 9090 });
  const headless = service("prometheus-operated", "monitoring", { web: 9090 }, { spec: { clusterIP: "None" } });
  assert.deepEqual(await found([headless, ...stack, own]), ["monitoring/kube-prometheus-stack-prometheus:9090"]);
  assert.deepEqual(await found([headless, ...stack]), ["monitoring/prometheus-operated:9090"]);
});

test("who may not list the services of all namespaces gets those of the usual ones and of the target's", async () => {
  const services = ["monitoring", "shop", "hidden"].map((name) => service("prometheus", name, { web: 9090 }));
  assert.deepEqual(await found(services, ["monitoring", "shop"]), [
    "monitoring/prometheus:9090",
    "shop/prometheus:9090",
  ]);
  assert.deepEqual(await found(services, []), []);
});

test("a cluster that cannot be asked is no cluster without Prometheus", async () => {
  const get = async () => {
    throw new ClusterError("unreachable", "gone", "check");
  };
  await assert.rejects(findPrometheusServices({ get }, "shop", signal), { reason: "unreachable" });
});
