import { existsSync } from "node:fs";
import { join } from "node:path";
import { BedError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";

/** The namespace the demo lives in. */
export const demoNamespace = "pyairtable";

/** The namespace of what watches the demo. */
export const monitoringNamespace = "monitoring";

/** The folder of a namespace's manifests. Raises BedError `demo-missing`. */
function manifests(checkout: string, namespace: string): string {
  const folder = join(checkout, "demo", namespace);
  if (!existsSync(folder)) {
    throw new BedError("demo-missing", `The manifests of the demo are missing: restore ${folder} with git.`);
  }
  return folder;
}

/** Brings the demo's objects to what its manifests say. */
export async function applyDemo(checkout: string, kubectl: Kubectl): Promise<void> {
  const folders = [demoNamespace, monitoringNamespace].map((namespace) => manifests(checkout, namespace));
  await kubectl(["apply", ...folders.flatMap((folder) => ["-f", folder])]);
}

/** Waits until every workload of the demo has rolled out; what watches it may take longer. Raises BedError `command-failed` after `timeoutMs`. */
export async function awaitDemo(kubectl: Kubectl, timeoutMs: number): Promise<void> {
  const names = await kubectl(["get", "deployments,statefulsets,daemonsets", "-n", demoNamespace, "-o", "name"]);
  const wait = [`--timeout=${Math.ceil(timeoutMs / 1000)}s`];
  await Promise.all(
    names
      .trim()
      .split("\n")
      .filter((name) => name !== "")
      .map((name) =>
        kubectl(["rollout", "status", name, "-n", demoNamespace, ...wait], { timeoutMs: timeoutMs + 10_000 }),
      ),
  );
}

/** Removes the demo's namespace with all that is in it, and the volumes its claims were bound to. */
export async function removeDemo(kubectl: Kubectl): Promise<void> {
  const volumes = JSON.parse(await kubectl(["get", "pv", "-o", "json"])) as { items: Volume[] };
  const bound = volumes.items.filter(({ spec }) => spec.claimRef?.namespace === demoNamespace);
  const wait = { timeoutMs: 90_000 };
  // First what takes its time to go: a namespace that still holds such things is looked at again only much later.
  const slow = "deployments,statefulsets,daemonsets,cronjobs,jobs,pods,persistentvolumeclaims";
  await kubectl(["delete", slow, "--all", "-n", demoNamespace, "--ignore-not-found", "--timeout=80s"], wait);
  await kubectl(["delete", "namespace", demoNamespace, "--ignore-not-found", "--timeout=80s"], wait);
  if (bound.length > 0) await kubectl(["delete", "pv", ...bound.map(({ metadata }) => metadata.name)], wait);
}

interface Volume {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly claimRef?: { readonly namespace?: string } };
}
