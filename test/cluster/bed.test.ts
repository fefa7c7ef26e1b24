import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Bed, bedStatus, bedUp } from "../bed/bed.ts";
import { awaitDemo, demoNamespace } from "../bed/demo.ts";
import { breakWorkload } from "../bed/failures/breakWorkload.ts";
import { mend } from "../bed/failures/mend.ts";
import { type Kubectl, kubectlFor } from "../bed/kubectl.ts";
import { bedProcesses } from "../bed/processes.ts";
import { bedPaths } from "../bed/state.ts";
import { soaking } from "../soak.ts";
import { listeningAddresses } from "./listeningAddresses.ts";
import { type PodLine, type PodWatch, watchPods } from "./podWatch.ts";

const checkout = join(import.meta.dirname, "../..");
const log = (line: string): void => console.error(line);
const test = { checkout, name: "test", log };

describe("the test bed", () => {
  let bed: Bed;
  let kubectl: Kubectl;
  let watch: PodWatch;
  const of =
    (workload: string, status: string, more: (line: PodLine) => boolean = () => true) =>
    (line: PodLine): boolean =>
      line.name.startsWith(`${workload}-`) && line.status === status && more(line);
  const readyEndpoints = async (service: string): Promise<string> =>
    kubectl([
      ...["get", "endpointslices", "-n", demoNamespace, "-l", `kubernetes.io/service-name=${service}`],
      ...["-o", "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses}"],
    ]);

  before(async () => {
    bed = await bedUp(test);
    kubectl = kubectlFor(bed.kubectl, bedPaths(test));
    await mend(bed);
    // Pods that have been restarted before would wait longer between crashes.
    await kubectl(["delete", "pods", "-n", demoNamespace, "-l", "app in (api-gateway,auth-service)"]);
    await awaitDemo(kubectl, 30_000);
    watch = watchPods(bed, demoNamespace);
  });
  after(async () => {
    await watch.close();
    await mend(bed);
  });

  it("is up with the pinned release, and `up` again changes nothing", async () => {
    const status = await bedStatus(test);
    assert.equal(status.state, "up");
    assert.deepEqual(await bedUp(test), bed);
    assert.deepEqual((await bedStatus(test)).processes, status.processes);
    const version = JSON.parse(await kubectl(["version", "-o", "json"])) as Record<string, { gitVersion: string }>;
    assert.equal(version["serverVersion"]?.gitVersion, "v1.34.4");
    assert.equal(version["clientVersion"]?.gitVersion, "v1.34.4");
  });

  it("listens on loopback only", () => {
    const addresses = bedProcesses(bed.stateDir).flatMap(({ pid }) => listeningAddresses(pid));
    assert.ok(addresses.length >= 7, `only ${addresses.length} sockets listen`);
    assert.deepEqual([...new Set(addresses)], ["127.0.0.1"]);
  });

  if (soaking) {
    it("shows the failures of pods as a real cluster does, and mends them", async () => {
      const from = watch.lines.length;
      const see = (what: string, wanted: (line: PodLine) => boolean, withinMs = 10_000): Promise<PodLine> =>
        watch.see(what, wanted, withinMs, from);
      await Promise.all([
        breakWorkload(bed, "crash-loop", "api-gateway"),
        breakWorkload(bed, "oom", "auth-service"),
        breakWorkload(bed, "image-pull", "platform-services"),
        breakWorkload(bed, "not-ready", "postgres"),
      ]);
      await Promise.all([
        see("a crash", of("api-gateway", "Error")),
        see(
          "a crash loop",
          of("api-gateway", "CrashLoopBackOff", ({ restarts, ready }) => restarts > 0 && ready === "0/1"),
        ),
        see(
          "growing restarts",
          of("api-gateway", "CrashLoopBackOff", ({ restarts }) => restarts > 1),
          25_000,
        ),
        see("a container out of memory", of("auth-service", "OOMKilled")),
        see("its loop", of("auth-service", "CrashLoopBackOff")),
        see("a failed pull", of("platform-services", "ErrImagePull")),
        see("its back-off", of("platform-services", "ImagePullBackOff")),
        see(
          "an unready pod",
          of("postgres", "Running", ({ ready }) => ready === "0/1"),
        ),
      ]);
      assert.equal(await readyEndpoints("api-gateway"), "");
      const waiting = await kubectl([
        ...["get", "pods", "-n", demoNamespace, "-l", "app=api-gateway", "-o"],
        "jsonpath={.items[0].status.containerStatuses[0].state.waiting.message}|{.items[0].status.containerStatuses[0].lastState.terminated.exitCode}",
      ]);
      assert.match(
        waiting,
        /^back-off 20s restarting failed container=api-gateway pod=api-gateway-\S+_pyairtable\(\S+\)\|1$/,
      );
      const mended = watch.lines.length;
      await mend(bed);
      for (const workload of ["api-gateway", "auth-service", "postgres"]) {
        await watch.see(
          `${workload} well`,
          of(workload, "Running", ({ ready }) => ready === "1/1"),
          5_000,
          mended,
        );
      }
      assert.notEqual(await readyEndpoints("api-gateway"), "");
      assert.doesNotMatch(await kubectl(["get", "deployments", "-n", demoNamespace, "-o", "wide"]), /does-not-exist/);
    });
  }

  it("kills a pod and leaves one pending for lack of CPU", async () => {
    const from = watch.lines.length;
    const before = await podNames();
    await breakWorkload(bed, "kill", "auth-service");
    await breakWorkload(bed, "pending", "platform-services");
    const isNew = ({ name }: PodLine): boolean => !before.includes(name);
    await watch.see(
      "a new pod",
      of("auth-service", "Running", (line) => isNew(line) && line.ready === "1/1"),
      10_000,
      from,
    );
    const { name } = await watch.see("a pending pod", of("platform-services", "Pending", isNew), 5_000, from);
    const args = ["events", "-n", demoNamespace, "--for", `pod/${name}`];
    assert.match(await kubectl(args), /FailedScheduling.*Insufficient cpu/);
    await mend(bed);
    assert.ok(!(await podNames()).includes(name));
  });

  async function podNames(): Promise<string[]> {
    const names = await kubectl(["get", "pods", "-n", demoNamespace, "-o", "jsonpath={.items[*].metadata.name}"]);
    return names.split(" ");
  }
});
