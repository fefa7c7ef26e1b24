// An API server that has nothing but pods, for the bench of more pods than the bed can hold. It lists them in pages, keeps
// watches open, and tells its port to who has started it. Started with the number of pods.

import { createServer, type ServerResponse } from "node:http";

const podCount = Number(process.argv[2]);
const podsPerWorkload = 100;
/** Objects of a real server carry about as much that nobody reads. */
const managedFields = JSON.stringify(
  Array.from({ length: 3 }, (_, index) => ({
    manager: `manager-${index}`,
    operation: "Update",
    apiVersion: "v1",
    time: "2026-11-30T00:00:00Z",
    fieldsType: "FieldsV1",
    fieldsV1: Object.fromEntries(Array.from({ length: 12 }, (__, field) => [`f:field${field}`, { "f:value": {} }])),
  })),
);

function pod(index: number): string {
  const app = `load-${Math.floor(index / podsPerWorkload)}`;
  const name = `${app}-${String(index).padStart(6, "0")}`;
  const uid = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const since = "2026-11-30T00:00:00Z";
  const conditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
    .map((type) => `{"type":"${type}","status":"True","lastProbeTime":null,"lastTransitionTime":"${since}"}`)
    .join(",");
  const resources = '"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":{"cpu":"250m","memory":"256Mi"}}';
  return (
    `{"metadata":{"name":"${name}","namespace":"synthetic","uid":"${uid}","resourceVersion":"${index + 1}",` +
    `"creationTimestamp":"${since}","labels":{"app":"${app}","pod-template-hash":"abc"},` +
    `"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"${app}-abc","uid":"${app}","controller":true}],` +
    `"managedFields":${managedFields}},` +
    `"spec":{"nodeName":"node-${index % 500}","containers":[{"name":"load","image":"registry.example.com/load:1.0.0",` +
    `"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],${resources}}]},` +
    `"status":{"phase":"Running","startTime":"${since}","podIP":"10.0.0.1","conditions":[${conditions}],` +
    `"containerStatuses":[{"name":"load","ready":true,"started":true,"restartCount":0,"image":"registry.example.com/load:1.0.0",` +
    `"imageID":"","containerID":"containerd://${uid}","state":{"running":{"startedAt":"${since}"}},"lastState":{}}]}}`
  );
}

function list(response: ServerResponse, kind: string, query: URLSearchParams, count: number): void {
  const from = Number(query.get("continue") ?? 0);
  const to = Math.min(count, from + Number(query.get("limit") ?? count));
  const next = to < count ? `,"continue":"${to}","remainingItemCount":${count - to}` : "";
  const items = Array.from({ length: to - from }, (_, offset) => pod(from + offset)).join(",");
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    `{"kind":"${kind}","apiVersion":"v1","metadata":{"resourceVersion":"${count}"${next}},"items":[${items}]}`,
  );
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.searchParams.get("watch") === "true") response.writeHead(200).flushHeaders();
  else if (url.pathname.endsWith("/pods")) list(response, "PodList", url.searchParams, podCount);
  else list(response, "List", url.searchParams, 0);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) process.send?.(address.port);
});
process.once("disconnect", () => process.exit(0));
