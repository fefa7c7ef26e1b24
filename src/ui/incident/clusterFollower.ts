import type { Connection } from "../../cluster/connection.ts";
import { HealthChanges } from "../../cluster/healthChanges.ts";
import type { NamespaceEvent } from "../../cluster/namespaceEvents.ts";
import type { NamespaceWatch } from "../../cluster/namespaceWatch.ts";
import type { Pod } from "../../cluster/pod.ts";
import { missedTransitions, podsThere, podTransition } from "../../cluster/podTransitions.ts";
import type { Workload } from "../../cluster/workload.ts";
import { healthOf } from "../../cluster/workloadHealth.ts";
import { entriesOf, type Happening, type IncidentEntry } from "../../incident/entry.ts";
import type { HealthChange } from "../../recovery/healthChange.ts";
import type { PodThere } from "../../recovery/podTransition.ts";
import { sinceBefore } from "../../recovery/recoveryClock.ts";

/** How the namespace of an incident is followed. */
export interface ClusterWays {
  readonly watch: (follow: {
    readonly onChange: () => void;
    readonly onPod: (before: Pod | null, after: Pod | null) => void;
  }) => Followed;
  /** `since` is in ms since the epoch. */
  readonly watchEvents: (since: number, onEvent: (event: NamespaceEvent, at: number) => void) => Disposable;
}

type Followed = Pick<NamespaceWatch, "freshness" | "workloads" | "dispose">;

interface Disposable {
  dispose(): void;
}

/** The ways of a connection. `onBug` is told of a mistake of ours. */
export function clusterWays(connection: Connection, onBug: (error: unknown) => void): ClusterWays {
  const common = { onBug, now: Date.now };
  return {
    watch: (follow) => connection.watch({ ...follow, ...common }),
    watchEvents: (since, onEvent) => connection.watchEvents({ since, onEvent, ...common }),
  };
}

/** What the cluster is followed with. */
export interface ClusterFollowerParts extends ClusterWays {
  /** What is written down, by earlier windows too. */
  readonly entries: () => readonly IncidentEntry[];
  readonly note: (happening: Happening, at: number) => void;
  readonly now: () => number;
}

/** Of pods and events no more than this is written down: a file that nobody can open is of no use. */
const mostDetails = 5000;

/** Writes down what becomes of the workloads and pods of an incident's namespace, and what the cluster says about it. */
export class ClusterFollower {
  readonly #parts: ClusterFollowerParts;
  readonly #health = new HealthChanges();
  readonly #watch: Followed;
  /** What an earlier window has written down last, in ms since the epoch; null where there was none. */
  readonly #leftAt: number | null;
  #events: Disposable | undefined;
  #details: number;

  constructor(parts: ClusterFollowerParts) {
    this.#parts = parts;
    const entries = parts.entries();
    const goesOn = entriesOf(entries, "pods").length > 0;
    this.#leftAt = goesOn ? Math.max(...entries.map(({ at }) => at)) : null;
    this.#details = entries.filter(({ type }) => type === "pod" || type === "event").length;
    this.#watch = parts.watch({
      onChange: () => this.#look(),
      onPod: (before, after) => {
        const seen = podTransition(before, after, parts.now());
        if (seen) this.#noteDetail(seen.transition, seen.at);
      },
    });
  }

  dispose(): void {
    this.#watch.dispose();
    this.#events?.dispose();
  }

  #look(): void {
    if (this.#watch.freshness.state !== "live") return;
    const now = this.#parts.now();
    const workloads = this.#watch.workloads();
    const changes = this.#health.look(workloads, now).map((change) => sinceTrouble(change, workloads, now));
    for (const change of changes) this.#parts.note(change, now);
    if (!this.#events) this.#begin(workloads, changes, now);
  }

  /** At the first look. */
  #begin(workloads: readonly Workload[], changes: readonly HealthChange[], now: number): void {
    if (this.#leftAt !== null) {
      const known = podsOf(this.#parts.entries());
      for (const { transition, at } of missedTransitions(workloads, known, this.#leftAt, now)) {
        this.#noteDetail(transition, at);
      }
    }
    if (entriesOf(this.#parts.entries(), "pods").length === 0) this.#parts.note(podsThere(workloads), now);
    const told = new Set(entriesOf(this.#parts.entries(), "event").map(({ id }) => id));
    // What the cluster said when the trouble began tells why, even where nobody had started an incident yet.
    const began = changes.flatMap((change) => (change.type === "workload" ? (change.since ?? []) : []));
    const since = Math.min(this.#parts.entries()[0]?.at ?? now, ...began);
    this.#events = this.#parts.watchEvents(since, (event, at) => {
      if (!told.has(event.id)) this.#noteDetail({ type: "event", ...event }, at);
    });
  }

  #noteDetail(happening: Happening, at: number): void {
    this.#details++;
    if (this.#details <= mostDetails) this.#parts.note(happening, at);
    if (this.#details !== mostDetails) return;
    const text = `Of pods and events ${mostDetails} entries are enough: what follows is left out, that of workloads is not.`;
    this.#parts.note({ type: "note", text }, at);
  }
}

/** The pods as the entries left them, by their names. */
function podsOf(entries: readonly IncidentEntry[]): Map<string, PodThere> {
  const pods = new Map<string, PodThere>();
  for (const entry of entries) {
    if (entry.type === "pods") for (const one of entry.pods) pods.set(one.pod, one);
    if (entry.type !== "pod") continue;
    const { pod, workload, is } = entry;
    if (is) pods.set(pod, { pod, workload, ...is });
    else pods.delete(pod);
  }
  return pods;
}

/** Trouble with the time since when it is, where that was long before it was seen. */
function sinceTrouble(change: HealthChange, workloads: readonly Workload[], now: number): HealthChange {
  if (change.type !== "workload" || change.whole) return change;
  const since = sinceBefore(now, healthOf(workloads, [change.name], now).changedAt);
  return since === null ? change : { ...change, since };
}
