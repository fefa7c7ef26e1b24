import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Claim, middle } from "./measure.ts";
import type { FirstTree } from "./podsFollower.ts";

const few = 10_000;
const many = 100_000;
const rounds = 3;

/** Ten times the pods against a synthetic API server: what one pod costs must stay the same. */
export async function podsLinearClaims(): Promise<Claim[]> {
  const folder = mkdtempSync(join(tmpdir(), "podbook-synthetic-"));
  try {
    const pairs: (readonly [FirstTree, FirstTree])[] = [];
    for (let round = 0; round < rounds; round++) {
      pairs.push([await firstTree(folder, few), await firstTree(folder, many)]);
    }
    const growth = (of: (first: FirstTree) => number) =>
      middle(pairs.map(([small, large]) => of(large) / of(small) / (many / few)));
    const seconds = middle(pairs.map(([, large]) => large.completeMs / 1000)).value.toFixed(1);
    return [
      {
        name: `first complete tree of ${many} pods (${seconds} s), for one pod`,
        unit: `× the same for ${few}`,
        ...growth((one) => one.completeMs),
        bound: 1.2,
      },
      {
        name: "memory it takes, for one pod",
        unit: `× the same for ${few}`,
        ...growth((one) => one.heapGrowth),
        bound: 1.2,
      },
      {
        name: "longest stop of the event loop meanwhile",
        unit: "ms",
        ...middle(pairs.map(([, large]) => large.longestStopMs)),
        bound: 50,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function firstTree(folder: string, count: number): Promise<FirstTree> {
  const server = fork(join(import.meta.dirname, "syntheticApi.ts"), [String(count)]);
  try {
    const [port] = (await once(server, "message")) as [number];
    const kubeconfig = join(folder, "kubeconfig.json");
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(port)));
    const follower = fork(join(import.meta.dirname, "podsFollower.ts"), [kubeconfig, "synthetic"], {
      execArgv: ["--expose-gc"],
    });
    const [first] = (await once(follower, "message")) as [FirstTree];
    await ended(follower, () => follower.send("stop"));
    if (first.pods !== count) throw new Error(`The tree has ${first.pods} pods instead of ${count}.`);
    return first;
  } finally {
    await ended(server, () => server.disconnect());
  }
}

async function ended(child: ChildProcess, end: () => unknown): Promise<void> {
  const exit = once(child, "exit");
  end();
  await exit;
}

function kubeconfigFor(port: number): object {
  const name = "synthetic";
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{ name, user: {} }],
  };
}
