/** A pod that no scheduler takes, and the status it is given by hand: whatever a kubelet can report, in any mixture. */
export function sculptedStatus(name: string, below: (bound: number) => number): { pod: object; status: object } {
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const maybe = (oneIn: number) => below(oneIn) === 0;
  const past = () => new Date(Date.now() - below(90_000) * 1000).toISOString().replace(/\.\d+/, "");
  const image = "example.invalid/none";
  const containers = Array.from({ length: 1 + below(3) }, (_, index) => ({ name: `main-${index}`, image }));
  const initContainers = Array.from({ length: maybe(2) ? below(4) : 0 }, (_, index) => ({
    name: `init-${index}`,
    image,
    ...(maybe(3) ? { restartPolicy: "Always" } : {}),
  }));
  const terminated = () => ({
    exitCode: one([0, 0, 1, 137, 255]),
    startedAt: past(),
    finishedAt: past(),
    ...(maybe(3) ? { signal: one([9, 15]) } : {}),
    ...(maybe(3) ? {} : { reason: one(["Completed", "Error", "OOMKilled", "ContainerCannotRun"]) }),
  });
  const waiting = () => ({
    ...(maybe(6) ? {} : { reason: one(waitingReasons) }),
    ...(maybe(2) ? { message: "because" } : {}),
  });
  const state = () =>
    one([
      () => ({ running: { startedAt: past() } }),
      () => ({ running: { startedAt: past() } }),
      () => ({ waiting: waiting() }),
      () => ({ terminated: terminated() }),
      () => ({}),
    ])();
  const statusOf = (container: { readonly name: string }) => ({
    name: container.name,
    image,
    imageID: "",
    ready: maybe(2),
    started: maybe(2),
    restartCount: maybe(2) ? 0 : below(20),
    state: state(),
    lastState: maybe(2) ? { terminated: terminated() } : {},
  });
  const gated = maybe(10);
  const conditions = [
    { type: "Ready", status: one(["True", "False"]), lastTransitionTime: past() },
    { type: "Initialized", status: one(["True", "False"]), lastTransitionTime: past() },
    {
      type: "PodScheduled",
      status: gated ? "False" : one(["True", "False"]),
      lastTransitionTime: past(),
      ...(gated ? { reason: "SchedulingGated" } : {}),
    },
  ];
  const some = <T>(items: readonly T[]): T[] => (maybe(8) ? items.slice(1) : [...items]);
  return {
    pod: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, labels: { sculpted: "yes" } },
      spec: {
        schedulerName: "nobody",
        restartPolicy: one(["Always", "OnFailure", "Never"]),
        containers,
        initContainers,
        ...(gated ? { schedulingGates: [{ name: "podbook.dev/wait" }] } : {}),
      },
    },
    status: {
      phase: one(["Pending", "Pending", "Running", "Running", "Succeeded", "Failed"]),
      ...(maybe(6) ? { reason: one(["Evicted", "NodeLost", "NodeAffinity", "Shutdown"]) } : {}),
      conditions,
      initContainerStatuses: some(initContainers.map(statusOf)),
      containerStatuses: some(containers.map(statusOf)),
    },
  };
}

const waitingReasons = [
  "ContainerCreating",
  "PodInitializing",
  "CrashLoopBackOff",
  "ErrImagePull",
  "ImagePullBackOff",
  "CreateContainerConfigError",
  "RunContainerError",
  "InvalidImageName",
] as const;
