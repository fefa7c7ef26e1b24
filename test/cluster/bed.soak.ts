import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Bed, bedDown, bedStatus, bedUp } from "../bed/bed.ts";
import { demoNamespace } from "../bed/demo.ts";
import { breakWorkload } from "../bed/failures/breakWorkload.ts";
import { mend } from "../bed/failures/mend.ts";
import { type Kubectl, kubectlFor } from "../bed/kubectl.ts";
import { bedProcesses } from "../bed/processes.ts";
import { bedScale } from "../bed/scale.ts";
import { bedPaths } from "../bed/state.ts";
import { type PodLine, type PodWatch, watchPods } from "./podWatch.ts";

const checkout = join(import.meta.dirname, "../..");
const log = (line: string): void => console.error(line);
const test = { checkout, name: "test", log };

describe("the test bed, at length", { concurrency: 3 }, () => {
  let bed: Bed;
  let kubectl: Kubectl;
  let watch: PodWatch;
  const of =
    (workload: string, status: string, more: (line: PodLine) => boolean = () => true) =>
    (line: PodLine): boolean =>
      line.name.startsWith(`${workload}-`) && line.status === status && more(line);

  before(async () => {
    bed = await bedUp(test);
    kubectl = kubectlFor(bed.kubectl, bedPaths(test));
    await mend(bed);
    watch = watchPods(bed, demoNamespace);
  });
  after(async () => {
    await watch.close();
    await mend(bed);
  });

  it("loses a node as a real cluster does, and gets it back", async () => {
    const from = watch.lines.length;
    await breakWorkload(bed, "node-down", "api-gateway");
    await watch.see("a pod that cannot be ended", of("api-gateway", "Terminating"), 60_000, from);
    assert.match(await kubectl(["get", "nodes"]), /worker-\d\s+NotReady/);
    await watch.see(
      "its replacement",
      of("api-gateway", "Running", ({ ready }) => ready === "1/1"),
      15_000,
      from,
    );
    await mend(bed);
    assert.doesNotMatch(await kubectl(["get", "nodes"]), /NotReady/);
  });

  it("scales to hundreds of pods and back", async () => {
    await bedScale(bed, 300, log);
    const ready = await kubectl(["get", "pods", "-n", "scale", "--no-headers"]);
    assert.equal(ready.match(/1\/1\s+Running/g)?.length, 300);
    await bedScale(bed, 0, log);
    assert.doesNotMatch(await kubectl(["get", "namespaces,nodes"]), /scale/);
  });

  it("mends a bed whose `up` was killed by the next one, and ends it to the last process", async () => {
    const options = { ...test, name: "test-killed" };
    const paths = bedPaths(options);
    const args = [join(checkout, "test/bed/cli.ts"), "up", "--name", options.name];
    const child = spawn(process.execPath, args, { cwd: checkout, stdio: ["ignore", "ignore", "pipe"] });
    const closed = once(child, "close");
    child.stderr.setEncoding("utf8");
    let said = "";
    for await (const chunk of child.stderr as AsyncIterable<string>) {
      said += chunk;
      if (said.includes("Bringing up")) break;
    }
    child.kill("SIGKILL");
    await closed;
    assert.ok(bedProcesses(paths.stateDir).length >= 6, said);
    assert.notEqual((await bedStatus(options)).state, "up");
    const mended = await bedUp(options);
    assert.equal((await bedStatus(options)).state, "up");
    assert.notEqual(mended.kubeconfig, bed.kubeconfig, "it runs beside the other one");
    assert.match(await kubectlFor(mended.kubectl, paths)(["get", "pods", "-n", demoNamespace]), /postgres-0 +1\/1/);
    await bedDown(options);
    assert.deepEqual(bedProcesses(paths.stateDir), []);
    assert.equal(existsSync(paths.stateDir), false);
  });
});
