import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Bed, bedUp } from "../bed/bed.ts";
import { applyDemo, awaitDemo, demoNamespace } from "../bed/demo.ts";
import { mendDrills } from "../bed/failures/drill.ts";
import { mend } from "../bed/failures/mend.ts";
import { type Kubectl, kubectlFor } from "../bed/kubectl.ts";
import { bedPaths } from "../bed/state.ts";
import { testBedName } from "../run/testBedName.ts";
import { throughPortForward } from "./portForward.ts";

/** The HTTP services of the demo with the ports of their Services. */
export const httpServices = { "api-gateway": 8080, "auth-service": 8081, "platform-services": 8000 } as const;
export type HttpService = keyof typeof httpServices;

/** How a program ended, and all it said on both its outputs. */
export interface Result {
  readonly code: number | null;
  readonly out: string;
}

/** The demo on the bed of the tests, as a person would reach it. */
export class DemoBed {
  readonly bed: Bed;
  readonly kubectl: Kubectl;
  /** A folder for the test's own files, also TMPDIR of what it runs. */
  readonly folder: string;

  private constructor(bed: Bed, kubectl: Kubectl, folder: string) {
    this.bed = bed;
    this.kubectl = kubectl;
    this.folder = folder;
  }

  /** Brings a bed up and the demo to what its manifests say. */
  static async open(name = testBedName()): Promise<DemoBed> {
    const options = { checkout: join(import.meta.dirname, "../.."), name, log: console.error };
    const bed = await bedUp(options);
    const demo = new DemoBed(bed, kubectlFor(bed.kubectl, bedPaths(options)), mkdtempSync(join(tmpdir(), "podbook-")));
    await demo.restore();
    return demo;
  }

  /** Removes the folder. Whoever opens the demo next makes it well. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes everything as the manifests say, and waits until it is well. */
  async restore(): Promise<void> {
    await mendDrills(this.kubectl, demoNamespace);
    await applyDemo(this.bed.checkout, this.kubectl);
    await mend(this.bed);
  }

  /** Waits until every workload has rolled out. */
  well(): Promise<void> {
    return awaitDemo(this.kubectl, 30_000);
  }

  /** A kubectl command in the demo's namespace. */
  inDemo(verb: string, ...args: string[]): Promise<string> {
    return this.kubectl([verb, "-n", demoNamespace, ...args]);
  }

  /** Asks a service through port-forward; rejects when it cannot be reached. */
  ask(service: HttpService, path: string): Promise<{ status: number; text: string }> {
    return throughPortForward(this.bed, service, httpServices[service], async (url) => {
      const answer = await fetch(url + path, { signal: AbortSignal.timeout(5000) });
      return { status: answer.status, text: await answer.text() };
    });
  }

  /** Runs a program as in a terminal that is set up for the bed. */
  async run(command: string, args: readonly string[], input = ""): Promise<Result> {
    const path = [this.bed.binDir, process.env["PATH"]].join(delimiter);
    const env = { ...process.env, PATH: path, KUBECONFIG: this.bed.kubeconfig, TMPDIR: this.folder };
    const child = spawn(command, args, { env, timeout: 60_000 });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        out += chunk.toString();
      });
    }
    // A program that ends without reading its input has said why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, out };
  }

  /** Runs a command in a pod. */
  exec(pod: string, ...command: string[]): Promise<Result> {
    return this.run("kubectl", ["exec", "-n", demoNamespace, "-it", pod, "--", ...command]);
  }

  /** Runs one of the chaos scripts. */
  chaos(script: string, ...args: string[]): Promise<Result> {
    return this.run(join(this.bed.checkout, "demo/chaos-engineering", script), args);
  }
}
