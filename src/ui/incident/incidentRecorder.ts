import { EventEmitter } from "vscode";
import type { EntryCommand, Happening, IncidentEntry } from "../../incident/entry.ts";
import type { IncidentFile } from "../../journal/incidentFile.ts";
import type { Execution } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { shortResult } from "../../run/runSummary.ts";
import type { Decision, PlanRunner } from "../planRunner.ts";
import { ClusterFollower, type ClusterWays } from "./clusterFollower.ts";
import type { RunbookQueries } from "./incidentMetrics.ts";
import { MetricFollower } from "./metricFollower.ts";

/** What an incident is recorded with. */
export interface IncidentRecorderParts {
  readonly file: IncidentFile;
  readonly runner: PlanRunner;
  /** How its namespace is followed; null where it has no cluster. */
  readonly cluster: ClusterWays | null;
  /** The queries of the incident's runbook, which may change; null where they cannot be asked. */
  readonly metrics: RunbookQueries | null;
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
}

/** Of a restart dozens of entries come at once: what they change is told together, in ms. */
const tellMs = 50;

/** Writes an incident down while it lasts: runs and decisions of this window, what becomes of the namespace, and its metrics. */
export class IncidentRecorder {
  readonly #parts: IncidentRecorderParts;
  readonly #changed = new EventEmitter<void>();
  readonly #cluster: ClusterFollower | null;
  readonly #metrics: MetricFollower | null;
  readonly #listeners;
  /** There are more entries, of which several are told together. */
  readonly onDidChange = this.#changed.event;
  #telling: NodeJS.Timeout | undefined;

  constructor(parts: IncidentRecorderParts) {
    this.#parts = parts;
    this.#metrics = parts.metrics && this.#followMetrics(parts.metrics.load);
    this.#listeners = [
      parts.runner.onDidStart((execution) => void this.#follow(execution).catch(parts.onProblem)),
      parts.runner.onDidDecide((decision) => this.#decided(decision)),
      ...(parts.metrics ? [parts.metrics.onDidChange(() => this.#metrics?.reload())] : []),
    ];
    this.#cluster = parts.cluster && this.#followCluster(parts.cluster);
  }

  get entries(): readonly IncidentEntry[] {
    return this.#parts.file.entries;
  }

  /** Adds what a person says, or what ends the incident. Resolves when it is on the disk. */
  async add(happening: Happening): Promise<void> {
    const written = this.#parts.file.add(happening);
    this.#tell();
    await written;
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#telling);
    for (const listener of this.#listeners) listener.dispose();
    this.#cluster?.dispose();
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

  #followCluster(ways: ClusterWays): ClusterFollower {
    return new ClusterFollower({
      ...ways,
      entries: () => this.entries,
      note: (happening, at) => this.#note(happening, at),
      now: this.#parts.now,
    });
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

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#changed.fire();
    }, tellMs);
  }

  #note(happening: Happening, at: number): void {
    this.#parts.file.add(happening, at).catch(this.#parts.onProblem);
    this.#tell();
  }
}

/** Whether a crossing is the one that an entry tells of. */
function isSame(entry: IncidentEntry, happening: Happening, at: number): boolean {
  if (entry.type !== "metric" || happening.type !== "metric") return false;
  return entry.at === at && entry.query === happening.query && entry.words === happening.words;
}

function outcomeOf({ commands, exitCode }: RunResult, index: number, count: number): EntryCommand["outcome"] {
  if (count === 1) return exitCode === null ? "" : `exit ${exitCode}`;
  return commands[index]?.replace("-", " ") ?? "";
}
