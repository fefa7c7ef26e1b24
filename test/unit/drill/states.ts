import type { FailureTarget } from "../../../src/drill/failure.ts";
import type { WorkloadState } from "../../../src/drill/workloadState.ts";

/** A Deployment with two replicas and one revision before the one that runs. */
export const gateway: WorkloadState = {
  kind: "deployment",
  name: "api-gateway",
  uid: "u1",
  replicas: 2,
  strategy: '{"rollingUpdate":{"maxSurge":1,"maxUnavailable":0},"type":"RollingUpdate"}',
  paused: false,
  template: "t3",
  revisions: { t2: 2, t3: 3 },
  labels: { app: "l1" },
  annotations: {},
  formerAnnotations: [],
  container: "api-gateway",
  lastPod: null,
};

export const postgres: WorkloadState = {
  ...gateway,
  kind: "statefulset",
  name: "postgres",
  uid: "u2",
  replicas: 1,
  strategy: null,
  template: "p1",
  revisions: { p1: 1 },
  container: "postgres",
  lastPod: "postgres-0",
};

export const gatewayTarget: FailureTarget = {
  state: gateway,
  namespace: "pyairtable",
  selector: "app=api-gateway",
  pods: ["api-gateway-1", "api-gateway-2"],
  database: false,
};

export const databaseTarget: FailureTarget = {
  state: postgres,
  namespace: "pyairtable",
  selector: "app=postgres",
  pods: ["postgres-0"],
  database: true,
};
