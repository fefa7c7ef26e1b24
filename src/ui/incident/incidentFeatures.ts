import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { commands, type Disposable, EventEmitter, type Memento, type TextDocument, Uri, window } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import { entriesOf, type Happening, type IncidentEntry, mergeEntries } from "../../incident/entry.ts";
import { IncidentFile } from "../../journal/incidentFile.ts";
import { drillTitle } from "../../recovery/actions.ts";
import { possibleWorkloads } from "../../recovery/possibleWorkloads.ts";
import { scenarioWorkloads } from "../../recovery/scenarioSteps.ts";
import type { Scenario } from "../../runbook/scenarios.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { AskedMetrics } from "../metrics/askedMetrics.ts";
import type { PlanRunner } from "../planRunner.ts";
import type { RememberedValues } from "../prompts/rememberedValues.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { LastRecoveries } from "../scenario/lastRecoveries.ts";
import { clusterWays } from "./clusterFollower.ts";
import { ContactCommands } from "./contactCommands.ts";
import { IncidentFiles } from "./incidentFiles.ts";
import { IncidentMetrics } from "./incidentMetrics.ts";
import { IncidentOffer } from "./incidentOffer.ts";
import { IncidentRecorder } from "./incidentRecorder.ts";
import { IncidentView } from "./incidentView.ts";
import { pastIncidents } from "./pastIncidents.ts";
import { ProposeChanges } from "./proposeChanges.ts";
import { scenarioAtCursor } from "./scenarioAtCursor.ts";
import { fileTime } from "./showReport.ts";

/** What incidents need. */
export interface IncidentFeatureParts {
  readonly runbooks: OpenRunbooks;
  readonly runner: PlanRunner;
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  readonly remembered: RememberedValues;
  readonly recoveries: LastRecoveries;
  readonly metrics: AskedMetrics;
  /** Who writes. */
  readonly by: string;
  /** Remembers the incident that is going on in this workspace. */
  readonly memento: Memento;
  /** Where incidents are kept, absolute. */
  readonly folder: string;
  readonly onProblem: (error: unknown) => void;
}

interface Going {
  readonly recorder: IncidentRecorder;
  /** URI of the runbook; null without one. */
  readonly runbook: string | null;
}

interface Remembered {
  readonly path: string;
  readonly runbook: string | null;
}

const contextKey = "podbook.inIncident";
const mementoKey = "incident";

/** One incident at a time: started, written down, noted, ended with a report. */
export class IncidentFeatures implements Disposable {
  readonly #parts: IncidentFeatureParts;
  readonly #view = new IncidentView();
  readonly #offer: IncidentOffer;
  readonly #proposals: ProposeChanges;
  readonly #metrics: IncidentMetrics;
  readonly #files: IncidentFiles;
  readonly #listener: Disposable;
  readonly #changed = new EventEmitter<void>();
  /** The incident began or ended, or something was written down of it. */
  readonly onDidChange = this.#changed.event;
  #going: Going | undefined;

  constructor(parts: IncidentFeatureParts) {
    this.#parts = parts;
    this.#offer = new IncidentOffer(parts.runner);
    this.#proposals = new ProposeChanges(parts.folder);
    this.#metrics = new IncidentMetrics(parts.metrics, parts.runbooks);
    const going = () => this.#going && { entries: this.#going.recorder.entries, runbook: this.#going.runbook };
    this.#files = new IncidentFiles({ runbooks: parts.runbooks, metrics: this.#metrics, folder: parts.folder, going });
    this.#listener = parts.recoveries.onDidAdd((measured) => {
      this.#going?.recorder.add({ type: "recovery", ...measured }).catch(parts.onProblem);
    });
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.startIncident": this.start,
      "podbook.addNote": this.addNote,
      "podbook.endIncident": this.end,
      ...new ContactCommands({ runbooks: this.#parts.runbooks, incident: this.latest }).handlers,
      ...this.#files.handlers,
      ...this.#proposals.handlers,
    };
  }

  /** The entries of the incident that is going on, in order. */
  get current(): IncidentEntry[] | undefined {
    return this.#going && mergeEntries(this.#going.recorder.entries);
  }

  /** The entries of the incident that is going on, else of the last one, in order; undefined where there was none. */
  readonly latest = async (): Promise<IncidentEntry[] | undefined> =>
    this.current ?? (await pastIncidents(this.#parts.folder, null))[0];

  /** Goes on with the incident that an earlier window of this workspace has left. */
  async resume(): Promise<void> {
    const remembered = this.#parts.memento.get<Remembered>(mementoKey);
    if (remembered) await this.#open(remembered, remembered.runbook ? Uri.parse(remembered.runbook) : null);
  }

  readonly start: CommandHandler = async () => {
    if (this.#going) {
      await window.showInformationMessage("An incident is going on already. End it before you start another.");
      return;
    }
    const document = activeRunbook();
    const scenario = document && scenarioAtCursor(this.#parts.runbooks.runbook(document).scenarios);
    const title = await window.showInputBox({
      title: "What has happened?",
      prompt: "In a few words: it becomes the title of the report.",
      value: scenario?.title ?? "",
      validateInput: (text) => (text.trim() === "" ? "Type a few words." : undefined),
    });
    if (title) await this.#begin(title.trim(), document, scenario);
  };

  readonly addNote: CommandHandler = async () => {
    if (!this.#going) {
      await window.showInformationMessage("No incident is going on. Start one to add notes to it.");
      return;
    }
    const text = await window.showInputBox({ title: "Note", prompt: "What did you see, think or do?" });
    if (text) await this.#going.recorder.add({ type: "note", text });
  };

  readonly end: CommandHandler = async () => {
    const going = this.#going;
    if (!going) {
      await window.showInformationMessage("No incident is going on.");
      return;
    }
    const endIt = "End Incident";
    const detail = "The report is written, and nothing more is recorded.";
    if ((await window.showWarningMessage("End the incident?", { modal: true, detail }, endIt)) !== endIt) return;
    await this.#finish(going);
  };

  /** Begins to write a drill down as an incident of its own; false where another incident is going on. */
  async beginDrill(title: string, document: TextDocument, scenario: Scenario): Promise<boolean> {
    if (this.#going) return false;
    await this.#begin(`${drillTitle}${title}`, document, scenario);
    return true;
  }

  /** Notes something of the drill that is written down. */
  async noteDrill(text: string): Promise<void> {
    if (this.#isDrill) await this.#going?.recorder.add({ type: "note", text });
  }

  /** Ends what is written down of a drill, with its report; does nothing in any other incident. */
  async endDrill(): Promise<void> {
    if (this.#going && this.#isDrill) await this.#finish(this.#going);
  }

  dispose(): void {
    this.#going?.recorder.dispose().catch(this.#parts.onProblem);
    this.#proposals.dispose();
    this.#listener.dispose();
    this.#view.dispose();
    this.#offer.dispose();
    this.#changed.dispose();
  }

  get #isDrill(): boolean {
    const [started] = entriesOf(this.#going?.recorder.entries ?? [], "started");
    return started?.title.startsWith(drillTitle) ?? false;
  }

  async #finish(going: Going): Promise<void> {
    await going.recorder.add({ type: "ended" });
    // Before the report: where that cannot be written the incident is over all the same, and its file can be merged into one.
    this.#going = undefined;
    this.#parts.remembered.during(null);
    this.#offer.during(false);
    this.#show([]);
    await going.recorder.dispose();
    await this.#parts.memento.update(mementoKey, undefined);
    await commands.executeCommand("setContext", contextKey, false);
    await this.#files.report(going.recorder.entries, going.runbook);
    if (going.runbook === null) return;
    await this.#proposals.offer(Uri.parse(going.runbook), mergeEntries(going.recorder.entries));
  }

  async #begin(title: string, document: TextDocument | undefined, scenario: Scenario | undefined): Promise<void> {
    const { memento, folder, targets, runbooks } = this.#parts;
    // Two of one minute must not become one file.
    const path = join(folder, `incident-${fileTime(Date.now())}-${randomUUID().slice(0, 8)}.jsonl`);
    const runbook = document?.uri.toString() ?? null;
    const target = document ? await targets.known(document.uri) : (await targets.pinSettings())?.target;
    const blocks = document && scenario ? runbooks.runbook(document).blocks : [];
    const within = blocks.filter(({ line }) => scenario && scenario.line <= line && line <= scenario.endLine);
    await memento.update(mementoKey, { path, runbook } satisfies Remembered);
    await this.#open({ path, runbook }, document?.uri ?? null, {
      type: "started",
      title,
      runbook: document ? basename(document.uri.path) : null,
      ...(scenario ? { scenario: scenario.title } : {}),
      impact: scenario?.impact ?? null,
      expected: scenario?.expectedRecoverySeconds ?? null,
      workloads: scenarioWorkloads(within, possibleWorkloads(within.map(({ text }) => text).join("\n"))),
      target: target ?? null,
    });
    await commands.executeCommand("podbook.incident.focus");
  }

  /** `started` is what it begins with; not there where it goes on. */
  async #open({ path, runbook }: Remembered, uri: Uri | null, started?: Happening): Promise<void> {
    const { targets, connections, remembered, runner, onProblem } = this.#parts;
    const file = await IncidentFile.open({ path, by: this.#parts.by, now: Date.now });
    if (started) await file.add(started);
    const pinned = await (uri ? targets.pin(uri, []) : targets.pinSettings());
    const connection = pinned ? await connections.get(pinned, pinned.target.context) : null;
    const cluster = connection && clusterWays(connection, onProblem);
    const metrics = this.#metrics.of(uri);
    const recorder = new IncidentRecorder({ file, runner, cluster, metrics, now: Date.now, onProblem });
    recorder.onDidChange(() => this.#show(recorder.entries));
    this.#going = { recorder, runbook };
    remembered.during(path);
    this.#offer.during(true);
    this.#show(recorder.entries);
    await commands.executeCommand("setContext", contextKey, true);
  }

  #show(entries: readonly IncidentEntry[]): void {
    this.#view.show(entries);
    this.#changed.fire();
  }
}
