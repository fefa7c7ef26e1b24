import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { BedError } from "../../bed/errors.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { kubectl } from "../../run/kubectl.ts";
import { testBedName } from "../../run/testBedName.ts";
import { until } from "../../run/until.ts";
import { randomNumbers } from "../../unit/shell/random.ts";
import { followPods, heldAround, kubectlLines, linesAround, type Moment } from "./followedPods.ts";
import { sculptedStatus } from "./sculptedStatus.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
const namespace = "pyairtable";
const lastsMs = 300_000;
/** So many pods of our own making are there at once. */
const mostSculpted = 12;
let bed: Bed;
let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "podbook-parity-"));
  bed = await bedUp(bedOptions);
  await bedReset(bedOptions);
});

after(async () => {
  rmSync(folder, { recursive: true });
  await kubectl(bed, "delete", "pods", "-n", namespace, "-l", "sculpted=yes", "--force", "--grace-period=0");
  await mend(bed);
  await bedReset(bedOptions);
});

test("whatever happens to pods for five minutes, no row differs from kubectl's for longer than a second", {
  timeout: lastsMs + 120_000,
}, async () => {
  const seed = Date.now() % 1_000_000;
  const below = randomNumbers(seed);
  const { watch, history } = await followPods(bed, namespace);
  const printed: { at: number; took: number; lines: Map<string, string> }[] = [];
  const differences: string[] = [];
  let compared = 0;
  const statuses = new Set<string>();
  let end = Date.now() + lastsMs;
  const disturbing = disturb(below, () => Date.now() < end);
  try {
    await until(() => watch.freshness.state === "live", "live", 5000);
    while (Date.now() < end) {
      const at = Date.now();
      const lines = await kubectlLines(bed, namespace);
      printed.push({ at, took: Date.now() - at, lines });
      await delay(150);
      // What came in the second after is known by then.
      while (printed[0] && printed[0].at + printed[0].took + 1200 < Date.now()) {
        const one = printed.shift();
        if (!one) break;
        compared += one.lines.size;
        for (const line of one.lines.values()) statuses.add(line.split("  ")[1] ?? "");
        differences.push(...differencesOf(history, one));
      }
      forget(history, Date.now() - 10_000);
    }
  } finally {
    end = 0;
    watch.dispose();
    await disturbing;
  }
  console.log(`  seed ${seed}: ${compared} rows, ${statuses.size} kinds of STATUS: ${[...statuses].sort().join(", ")}`);
  assert.deepEqual(differences, []);
  assert.ok(compared > 2000, `${compared} rows were compared`);
  assert.ok(statuses.size >= 15, `${statuses.size} kinds of STATUS were seen`);
});

/** The rows of kubectl that were not ours at any time from a second before it asked to a second after it answered. */
function differencesOf(
  history: readonly Moment[],
  { at, took, lines }: { at: number; took: number; lines: Map<string, string> },
): string[] {
  const held = [...heldAround(history, at), ...heldAround(history, at + took)];
  const wrong = [...lines].flatMap(([name, line]) => {
    const ours = new Set([...linesAround(held, name, at), ...linesAround(held, name, at + took)]);
    return ours.has(line) ? [] : [`${name}: kubectl "${line}", ours ${JSON.stringify([...ours])}`];
  });
  const always = held.map(({ pods }) => new Set(pods.map(({ name }) => name)));
  const names = [...(always[0] ?? [])].filter((name) => always.every((all) => all.has(name)));
  return [...wrong, ...names.filter((name) => !lines.has(name)).map((name) => `${name}: only ours`)];
}

function forget(history: Moment[], before: number): void {
  const keep = history.findLastIndex(({ at }) => at < before);
  if (keep > 0) history.splice(0, keep);
}

/** A workload that is scaled to nothing cannot be broken, and a pod can go before it is: then nothing is done. */
function unlessGone(error: unknown): void {
  if (!(error instanceof BedError)) throw error;
}

/** The patch of a Deployment that makes its pods anew. */
function rolledOut(round: number): string {
  return JSON.stringify({ spec: { template: { metadata: { annotations: { "podbook.dev/round": String(round) } } } } });
}

/** Creates, breaks, changes and deletes pods, one thing after the other, as long as it may. */
async function disturb(below: (bound: number) => number, goesOn: () => boolean): Promise<void> {
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const workloads = ["api-gateway", "auth-service", "platform-services"] as const;
  let count = 0;
  const sculpted: string[] = [];
  const deeds: (() => Promise<unknown>)[] = [
    () => breakWorkload(bed, one(["kill", "crash-loop", "oom", "not-ready"] as const), one(workloads)),
    () => breakWorkload(bed, one(["image-pull", "pending"] as const), one(workloads)),
    () => mend(bed),
    () => kubectl(bed, "scale", `deployment/${one(workloads)}`, "-n", namespace, `--replicas=${one([0, 1, 2, 4])}`),
    // As a restart, which kubectl refuses twice within a second.
    () => kubectl(bed, "patch", `deployment/${one(workloads)}`, "-n", namespace, "-p", rolledOut(++count)),
  ];
  const sculpt = async () => {
    const name = `sculpted-${++count}`;
    const { pod, status } = sculptedStatus(name, below);
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(pod));
    await kubectl(bed, "create", "-n", namespace, "-f", file);
    sculpted.push(name);
    await kubectl(
      bed,
      "patch",
      "pod",
      name,
      "-n",
      namespace,
      "--subresource=status",
      "--type=merge",
      "-p",
      JSON.stringify({ status }),
    );
    if (sculpted.length > mostSculpted) {
      const [oldest = ""] = sculpted.splice(0, 1);
      await kubectl(bed, "delete", "pod", oldest, "-n", namespace, "--force", "--grace-period=0");
    }
  };
  while (goesOn()) {
    await (below(4) > 0 ? sculpt() : one(deeds)().catch(unlessGone));
    await delay(below(300));
  }
}
