import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Bed } from "../bed/bed.ts";
import { demoNamespace } from "../bed/demo.ts";

/**
 * Calls `use` with the address of a service, of the demo where no namespace is given, reached through `kubectl port-forward` for as long as that
 * takes. Rejects with kubectl's words when the service cannot be reached.
 */
export async function throughPortForward<T>(
  bed: Bed,
  service: string,
  port: number,
  use: (url: string) => Promise<T>,
  namespace = demoNamespace,
): Promise<T> {
  const flags = ["--address", "127.0.0.1", "--pod-running-timeout=2s"];
  const args = ["--kubeconfig", bed.kubeconfig, "port-forward", "-n", namespace, ...flags];
  const child = spawn(bed.kubectl, [...args, `service/${service}`, `:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      const address = /^Forwarding from (127\.0\.0\.1:\d+) /.exec(line)?.[1];
      if (address) return await use(`http://${address}`);
    }
    throw new Error(said.trim());
  } finally {
    child.kill();
    await closed;
  }
}
