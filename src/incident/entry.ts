import type { Target } from "../plan/plan.ts";
import type { HealthChange } from "../recovery/healthChange.ts";
import type { MeasuredRecovery } from "../recovery/measuredRecovery.ts";
import type { PodsThere, PodTransition } from "../recovery/podTransition.ts";
import type { RecoverySeconds } from "../runbook/recoveryTime.ts";
import type { Effect } from "../shell/analysis.ts";

/** A command of a run, as the report tells it. */
export interface EntryCommand {
  readonly text: string;
  readonly effect: Effect;
  /** What became of it: `exit 0`, `finished`, `cut`, `never started`; empty where nothing is told of it. */
  readonly outcome: string;
}

/** What happened in an incident. */
export type Happening =
  | {
      readonly type: "started";
      readonly title: string;
      /** File name of the runbook; null without one. */
      readonly runbook: string | null;
      /** Title of the scenario that it began with; not there without one. */
      readonly scenario?: string;
      readonly impact: string | null;
      readonly expected: RecoverySeconds | null;
      /** The workloads that it is about; empty where all of the namespace are. */
      readonly workloads: readonly string[];
      readonly target: Target | null;
    }
  | { readonly type: "decided"; readonly agreed: boolean; readonly title: string; readonly hits: readonly string[] }
  | {
      readonly type: "run";
      readonly title: string;
      readonly effect: Effect;
      readonly target: Target | null;
      readonly commands: readonly EntryCommand[];
      /** As in `✓ 0 · 1.3 s`. */
      readonly result: string;
      readonly succeeded: boolean;
      readonly endedAt: number;
    }
  | HealthChange
  | PodTransition
  | PodsThere
  | ({ readonly type: "recovery" } & MeasuredRecovery)
  | {
      readonly type: "event";
      /** Of the event, and of which of the times that it happened. */
      readonly id: string;
      readonly warning: boolean;
      /** As in `Pod/api-gateway-1`. */
      readonly object: string;
      readonly reason: string;
      readonly message: string;
    }
  /** A metric of the runbook left its usual band, or is back in it. */
  | {
      readonly type: "metric";
      /** What the runbook calls the query. */
      readonly query: string;
      /** As in `pod=api-0 falls to 0.5 (usually 1)`. */
      readonly words: string;
      readonly value: number;
    }
  | { readonly type: "note"; readonly text: string }
  | { readonly type: "ended" };

/** A line of an incident's file. */
export type IncidentEntry = Happening & {
  /** In ms since the epoch. */
  readonly at: number;
  /** Who has written it down. */
  readonly by: string;
};

/** One of the entries, by its type. */
export type EntryOf<Type extends Happening["type"]> = Extract<IncidentEntry, { readonly type: Type }>;

/** The entries of a type, in their order. */
export function entriesOf<Type extends Happening["type"]>(
  entries: readonly IncidentEntry[],
  type: Type,
): EntryOf<Type>[] {
  return entries.filter((entry): entry is EntryOf<Type> => entry.type === type);
}

/** Two people's clocks, and what their windows hear when, differ by less than this, in ms. */
const twinMs = 5000;

/**
 * What several people have written down of one incident, in the order in which it happened; what is the same stands once, and so
 * does what the cluster told both of them.
 */
export function mergeEntries(...files: readonly (readonly IncidentEntry[])[]): IncidentEntry[] {
  const seen = new Map(files.flat().map((entry) => [JSON.stringify(entry), entry]));
  const kept = new Map<string, IncidentEntry>();
  return [...seen.values()]
    .sort((one, other) => one.at - other.at)
    .filter((entry) => {
      const told = toldByCluster(entry);
      if (told === null) return true;
      const twin = kept.get(told);
      if (twin && twin.by !== entry.by && entry.at - twin.at <= twinMs) return false;
      kept.set(told, entry);
      return true;
    });
}

/** The same text for what two windows have seen of the same; null for what only a person or a window of theirs has done. */
function toldByCluster(entry: IncidentEntry): string | null {
  switch (entry.type) {
    case "pod":
      return JSON.stringify([entry.type, entry.pod, entry.was, entry.is]);
    case "workload":
      return JSON.stringify([entry.type, entry.name, entry.whole, entry.ready, entry.wanted]);
    case "restart":
      return JSON.stringify([entry.type, entry.pod]);
    case "event":
      return JSON.stringify([entry.type, entry.id]);
    default:
      return null;
  }
}
