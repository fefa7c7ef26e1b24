import assert from "node:assert/strict";
import { test } from "node:test";
import { possibleWorkloads } from "../../../src/recovery/possibleWorkloads.ts";

test("a script names workloads by selector, by kind and by host, each once", () => {
  const script = `kubectl delete pod -n shop -l app=api-gateway
kubectl rollout restart deployment/auth-service -n shop
kubectl scale sts postgres --replicas=1
curl -f http://api-gateway.shop.svc.cluster.local:8080/health
kubectl get pods -l app.kubernetes.io/name=web`;
  assert.deepEqual(possibleWorkloads(script), ["api-gateway", "auth-service", "postgres", "web"]);
  assert.deepEqual(possibleWorkloads("kubectl get pods -n shop"), []);
});
