import assert from "node:assert/strict";
import { Connection } from "../../../src/cluster/connection.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { NamespaceWatch } from "../../../src/cluster/namespaceWatch.ts";
import type { Pod } from "../../../src/cluster/pod.ts";
import { podColumns } from "../../../src/cluster/podColumns.ts";
import type { Bed } from "../../bed/bed.ts";
import { kubectl } from "../../run/kubectl.ts";

/** What was held at a moment (ms since the epoch), until the next. */
export interface Moment {
  readonly at: number;
  readonly pods: readonly Pod[];
}

/** A namespace that is followed as the extension does, and all that was held of it. */
export interface Followed {
  readonly watch: NamespaceWatch;
  readonly history: Moment[];
}

/** Follows a namespace, through another server or as another user where given; `history` grows with every change. */
export async function followPods(
  bed: Bed,
  namespace: string,
  more: { readonly server?: string; readonly user?: object } = {},
): Promise<Followed> {
  const pinned = await pinTarget([bed.kubeconfig], { kubeconfig: "", context: "", namespace });
  const config = JSON.parse(pinned.kubeconfig);
  if (more.server) config.clusters[0].cluster.server = more.server;
  if (more.user) config.users[0].user = more.user;
  const history: Moment[] = [];
  const connection = new Connection({
    ...pinned,
    server: more.server ?? pinned.server,
    kubeconfig: JSON.stringify(config),
  });
  const watch: NamespaceWatch = connection.watch({
    onChange: () => history.push({ at: Date.now(), pods: allPods(watch) }),
    onBug: (error) => assert.fail(String(error)),
    now: Date.now,
  });
  return { watch, history };
}

export function allPods(watch: NamespaceWatch): Pod[] {
  return watch.workloads().flatMap((workload) => workload.pods);
}

/** NAME → READY STATUS RESTARTS AGE, as kubectl prints them at this moment. */
export async function kubectlLines(bed: Bed, namespace: string): Promise<Map<string, string>> {
  const rows = (await kubectl(bed, "get", "pods", "-n", namespace, "--no-headers")).trim().split("\n");
  return new Map(
    rows.flatMap((row) => {
      const [name = "", ...columns] = row.trim().split(/\s{2,}/);
      return name === "" ? [] : [[name, columns.join("  ")]];
    }),
  );
}

/** What was held in the second before and the second after a time. */
export function heldAround(history: readonly Moment[], at: number): readonly Moment[] {
  return history.filter((moment, index) => {
    const until = history[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return moment.at <= at + 1000 && until >= at - 1000;
  });
}

/** The lines that ours would be in the second before and after a time, of what was held then: ages and "5s ago" go on. */
export function linesAround(held: readonly Moment[], name: string, at: number): Set<string> {
  const pods = new Set(held.flatMap((moment) => moment.pods.find((pod) => pod.name === name) ?? []));
  return new Set(
    [...pods].flatMap((pod) =>
      [-1000, -500, 0, 500, 1000].map((off) => {
        const { ready, status, restarts, age } = podColumns(pod, at + off);
        return [ready, status, restarts, age].join("  ");
      }),
    ),
  );
}
