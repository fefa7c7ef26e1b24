import { setTimeout as delay } from "node:timers/promises";
import { type BedApi, openApi } from "./api.ts";
import type { Bed } from "./bed.ts";
import { BedError } from "./errors.ts";
import { scaleNode, scaleNodeLabel } from "./nodes.ts";
import { bedPaths } from "./state.ts";

/** The namespace of the extra pods. */
export const scaleNamespace = "scale";

const podsPerNode = 500;
const connections = 24;
const waitMs = 300_000;
const namespacePath = `/api/v1/namespaces/${scaleNamespace}`;
const podsPath = `${namespacePath}/pods`;

interface List {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

/**
 * Makes `count` plain, ready pods in the namespace `scale`, on extra nodes that take no others; fewer than before are
 * made by deleting the rest, and 0 removes the namespace and the nodes as well. Raises BedError.
 */
export async function bedScale(bed: Bed, count: number, log: (line: string) => void): Promise<void> {
  const api = openApi(bedPaths(bed), connections);
  try {
    if (count > 0) await api.send("POST", "/api/v1/namespaces", { metadata: { name: scaleNamespace } }, [409]);
    const existing = new Set(await podNames(api));
    const wanted = new Set(Array.from({ length: count }, (_, index) => podName(index)));
    const missing = [...wanted].filter((name) => !existing.has(name));
    const surplus = [...existing].filter((name) => !wanted.has(name));
    const seconds = Math.ceil(missing.length / 150 + surplus.length / 400);
    log(`» Scaling from ${existing.size} to ${count} pods (usually ${seconds} s)`);
    await Promise.all(
      Array.from({ length: count === 0 ? 0 : Math.ceil(count / podsPerNode) }, (_, index) =>
        api.send("POST", "/api/v1/nodes", scaleNode(index + 1, podsPerNode), [409]),
      ),
    );
    await each(missing, (name) => api.send("POST", podsPath, pod(name), [409]));
    await each(surplus, (name) => api.send("DELETE", `${podsPath}/${name}`, undefined, [404]));
    if (count === 0) await removeAll(api);
    else await allRunning(api);
  } finally {
    api.close();
  }
}

function podName(index: number): string {
  return `load-${String(index + 1).padStart(5, "0")}`;
}

function pod(name: string): object {
  const number = Number(name.slice("load-".length));
  return {
    metadata: {
      name,
      labels: { app: `load-${Math.ceil(number / 100)}` },
      annotations: { "bed.podbook.dev/quick": "true" },
    },
    spec: {
      // Bound already: the scheduler has nothing to decide here, and would take minutes.
      nodeName: `scale-${Math.ceil(number / podsPerNode)}`,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: "load",
          image: "registry.example.com/pyairtable/load:1.0.0",
          resources: { requests: { cpu: "10m", memory: "16Mi" } },
        },
      ],
    },
  };
}

/** Runs `work` for every item, as many at once as there are connections. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

async function podNames(api: BedApi): Promise<string[]> {
  const names: string[] = [];
  let next: string | undefined = "";
  while (next !== undefined) {
    const page = (await api.send("GET", `${podsPath}?limit=500&continue=${encodeURIComponent(next)}`)) as List;
    names.push(...page.items.map(({ metadata }) => metadata.name));
    next = page.metadata.continue;
  }
  return names;
}

async function allRunning(api: BedApi): Promise<void> {
  const path = `${podsPath}?limit=1&fieldSelector=${encodeURIComponent("status.phase!=Running")}`;
  // Asking for one pod that does not run yet is cheaper than watching ten thousand.
  await until(`the pods of the namespace ${scaleNamespace} run`, async () => {
    return ((await api.send("GET", path)) as List).items.length === 0;
  });
}

async function removeAll(api: BedApi): Promise<void> {
  await api.send("DELETE", namespacePath, undefined, [404, 409]);
  await api.send("DELETE", `/api/v1/nodes?labelSelector=${encodeURIComponent(`${scaleNodeLabel}=true`)}`);
  await until(`the namespace ${scaleNamespace} is gone`, async () => {
    const answer = (await api.send("GET", namespacePath, undefined, [404])) as { kind: string };
    return answer.kind !== "Namespace";
  });
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new BedError("timeout", `It took too long until ${what}: run "npm run bed -- down" and "up".`);
    await delay(250);
  }
}
