import { EventEmitter } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import { HealthChanges } from "../../cluster/healthChanges.ts";
import type { WarningEvent } from "../../cluster/namespaceEvents.ts";
import type { NamespaceWatch } from "../../cluster/namespaceWatch.ts";
import type { Workload } from "../../cluster/workload.ts";
import { healthOf } from "../../cluster/workloadHealth.ts";
import type { EntryCommand, Happening, IncidentEntry } from "../../incident/entry.ts";
import type { IncidentFile } from "../../journal/incidentFile.ts";
import type { HealthChange } from "../../recovery/healthChange.ts";
import { sinceBefore } from "../../recovery/recoveryClock.ts";
import type { Execution } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { shortResult } from "../../run/runSummary.ts";
import type { Decision, PlanRunner } from "../planRunner.ts";
import type { RunbookQueries } from "./incidentMetrics.ts";
import { MetricFollower } from "./metricFollower.ts";

/** What an incident is recorded with. */
export interface IncidentRecorderParts {
  readonly file: IncidentFile;
  readonly runner: PlanRunner;
  /** Opens the watch of the incident's namespace; null where it has no cluster. */
  readonly watch: ((onChange: () => void) => NamespaceWatch) | null;
  /** What the cluster has warned of since a time (ms since the epoch); null where there is no cluster. */
  readonly warnings: ((since: number, signal: AbortSignal) => Promise<WarningEvent[]>) | null;
  /** The queries of the incident's runbook, which may change; null where they cannot be asked. */
  readonly metrics: RunbookQueries | null;
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
}

/** The cluster writes its events a little after what they tell of, in ms. */
const eventsAfterMs = 2000;
const patienceMs = 10_000;

/** Writes an incident down while it lasts: runs and decisions of this window, the health of the namespace, and its metrics. */
export class IncidentRecorder {
  readonly #parts: IncidentRecorderParts;
  readonly #changed = new EventEmitter<void>();
  readonly #health = new HealthChanges();
  readonly #watch: NamespaceWatch | null;
  readonly #metrics: MetricFollower | null;
  readonly #listeners;
  readonly onDidChange = this.#changed.event;
  readonly #ended = new AbortController();
  /** Warnings that stand among the entries. */
  readonly #warned = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: IncidentRecorderParts) {
    this.#parts = parts;
    this.#metrics = parts.metrics && this.#followMetrics(parts.metrics.load);
    this.#listeners = [
      parts.runner.onDidStart((execution) => void this.#follow(execution).catch(parts.onProblem)),
      parts.runner.onDidDecide((decision) => this.#decided(decision)),
      ...(parts.metrics ? [parts.metrics.onDidChange(() => this.#metrics?.reload())] : []),
    ];
    this.#watch = parts.watch?.(() => this.#look()) ?? null;
  }

  get entries(): readonly IncidentEntry[] {
    return this.#parts.file.entries;
  }

  /** Adds what a person says, or what ends the incident. Resolves when it is on the disk. */
  async add(happening: Happening): Promise<void> {
    const written = this.#parts.file.add(happening);
    this.#changed.fire();
    await written;
  }

  async dispose(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#watch?.dispose();
    this.#metrics?.dispose();
    this.#changed.dispose();
    await this.#parts.file.close();
  }

  #followMetrics(load: RunbookQueries["load"]): MetricFollower {
    return new MetricFollower({
      load,
      began: () => this.entries[0]?.at,
      isKnown: (happening, at) => this.entries.some((entry) => isSame(entry, happening, at)),
      note: (happening, at) => this.#note(happening, at),
      now: this.#parts.now,
    });
  }

  #look(): void {
    if (this.#watch?.freshness.state !== "live") return;
    const now = this.#parts.now();
    const workloads = this.#watch.workloads();
    const changes = this.#health.look(workloads, now);
    for (const change of changes) this.#note(sinceTrouble(change, workloads, now), now);
    if (changes.length > 0) {
      this.#timer ??= setTimeout(() => void this.#noteWarnings().catch(this.#parts.onProblem), eventsAfterMs);
    }
  }

  /** Where something has changed, the cluster may have said why. */
  async #noteWarnings(): Promise<void> {
    this.#timer = undefined;
    const began = this.entries[0]?.at;
    if (began === undefined || this.#ended.signal.aborted) return;
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(patienceMs)]);
    try {
      const warnings = (await this.#parts.warnings?.(began, signal)) ?? [];
      for (const { id, object, reason, message, at } of warnings) {
        if (this.#warned.has(id) || this.#has(object, reason, at)) continue;
        this.#warned.add(id);
        this.#note({ type: "event", object, reason, message }, at);
      }
    } catch (error) {
      // Many users may not read events, and the rest is told all the same; a cluster that fails shows in the Pods view.
      if (!(error instanceof ClusterError) && !signal.aborted) throw error;
    }
  }

  /** Whether an event stands among the entries that an earlier window has written. */
  #has(object: string, reason: string, at: number): boolean {
    return this.entries.some(
      (entry) => entry.type === "event" && entry.object === object && entry.reason === reason && entry.at === at,
    );
  }

  #decided({ agreed, prepared }: Decision): void {
    const hits = prepared.preview.impacts.flat().map(({ sentence }) => sentence);
    this.#note({ type: "decided", agreed, title: prepared.plan.title, hits }, this.#parts.now());
  }

  async #follow({ shown: plan, ended }: Execution): Promise<void> {
    const at = this.#parts.now();
    const result = await ended;
    const { title, effect, target } = plan;
    const succeeded = result.outcome === "exited" && result.exitCode === 0;
    const commands = plan.commands.map(({ text, effect: own }, index) => ({
      text,
      effect: own,
      outcome: outcomeOf(result, index, plan.commands.length),
    }));
    const endedAt = this.#parts.now();
    this.#note({ type: "run", title, effect, target, commands, result: shortResult(result), succeeded, endedAt }, at);
  }

  #note(happening: Happening, at: number): void {
    this.#parts.file.add(happening, at).catch(this.#parts.onProblem);
    this.#changed.fire();
  }
}

/** Whether a crossing is the one that an entry tells of. */
function isSame(entry: IncidentEntry, happening: Happening, at: number): boolean {
  if (entry.type !== "metric" || happening.type !== "metric") return false;
  return entry.at === at && entry.query === happening.query && entry.words === happening.words;
}

/** Trouble with the time since when it is, where that was long before it was seen. */
function sinceTrouble(change: HealthChange, workloads: readonly Workload[], now: number): HealthChange {
  if (change.type !== "workload" || change.whole) return change;
  const since = sinceBefore(now, healthOf(workloads, [change.name], now).changedAt);
  return since === null ? change : { ...change, since };
}

function outcomeOf({ commands, exitCode }: RunResult, index: number, count: number): EntryCommand["outcome"] {
  if (count === 1) return exitCode === null ? "" : `exit ${exitCode}`;
  return commands[index]?.replace("-", " ") ?? "";
}
