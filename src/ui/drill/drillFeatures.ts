import { randomUUID } from "node:crypto";
import { commands, type Disposable, ProgressLocation, window } from "vscode";
import { type DrillCourse, drillWords, phaseWords } from "../../drill/course.ts";
import { failureWords } from "../../drill/failure.ts";
import { differences } from "../../drill/workloadState.ts";
import { DrillFile } from "../../journal/drillFile.ts";
import { PlanError } from "../../plan/planError.ts";
import { drillTitle } from "../../recovery/actions.ts";
import type { CommandHandler } from "../commands/command.ts";
import { mayRun } from "../prompts/trust.ts";
import type { GuidedScenario } from "../scenario/guidedScenario.ts";
import type { ScenarioFeatures } from "../scenario/scenarioFeatures.ts";
import { messageText } from "../shownText.ts";
import { type ChaosCommandParts, ChaosCommands } from "./chaosCommands.ts";
import { confirmDrill } from "./confirmDrill.ts";
import { DrillFollower, type DrillFollowerParts } from "./drillFollower.ts";
import { DrillNotes } from "./drillNotes.ts";
import type { DrillPlan } from "./drillPlan.ts";
import { restoreDrill } from "./drillRestoring.ts";
import { DrillRun } from "./drillRun.ts";
import { type LeftDrillParts, LeftDrills } from "./leftDrills.ts";
import { type PrepareDrillParts, prepareDrill } from "./prepareDrill.ts";
import { runOnTarget } from "./runOnTarget.ts";
import { statesOf } from "./statesOf.ts";

/** What drills need. */
export interface DrillFeatureParts extends PrepareDrillParts, DrillFollowerParts, LeftDrillParts, ChaosCommandParts {
  readonly scenarios: ScenarioFeatures;
}

/** The drill that is going on. */
interface Going {
  readonly path: string;
  readonly run: DrillRun;
  readonly over: Promise<void>;
}

/** A drill that is about to run. */
interface Beginning {
  readonly plan: DrillPlan;
  readonly guided: GuidedScenario;
  readonly file: DrillFile;
  readonly title: string;
}

/** Makes Stop Drill appear. */
const contextKey = "podbook.inDrill";
const inIncident = "An incident is going on, and a drill would get into its report. End it first.";

/** One drill at a time: chosen, shown, run, put back; and those put back that an earlier window has left. */
export class DrillFeatures implements Disposable {
  readonly #parts: DrillFeatureParts;
  readonly #left: LeftDrills;
  #going: Going | undefined;

  constructor(parts: DrillFeatureParts) {
    this.#parts = parts;
    this.#left = new LeftDrills(parts);
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.runDrill": this.#start,
      "podbook.stopDrill": () => this.stop(),
      "podbook.restoreDrill": () => this.#left.choose(this.#going?.path),
      ...new ChaosCommands(this.#parts).handlers,
    };
  }

  /** Stops the drill that is going on, and resolves when everything was put back. */
  async stop(): Promise<void> {
    this.#going?.run.stop();
    await this.#going?.over;
  }

  /** Offers to put back what an earlier window has left. */
  offerLeft(): Promise<void> {
    return this.#left.offer();
  }

  dispose(): void {
    this.#going?.run.dispose();
  }

  /** The argument is a row of the view Runbooks; from the palette, nothing. */
  readonly #start: CommandHandler = async (row) => {
    if (this.#going) {
      await window.showInformationMessage("A drill is going on already. Stop it before you start another.");
      return;
    }
    if (!(await mayRun())) return;
    if (this.#parts.incidents.current) throw new PlanError("not-configured", inIncident);
    const plan = await prepareDrill(row, this.#parts);
    if (!plan || !(await confirmDrill(plan)) || this.#going) return;
    await requireUnchanged(plan);
    const { pinned, scenario, document, failure, workload, before } = plan;
    const beginning = { scenario: scenario.title, runbook: document.uri.toString(), target: pinned.target };
    const file = await DrillFile.begin(this.#parts.folder, `drill-${randomUUID()}`, {
      ...beginning,
      ...{ server: pinned.server, failure, workload, before, at: Date.now() },
    });
    const title = failureWords(failure, workload);
    let guided: GuidedScenario | undefined;
    try {
      guided = await this.#open(plan, title);
    } finally {
      // Nothing was broken: there is nothing to put back.
      if (!guided) await file.end();
    }
    if (!guided) return;
    try {
      await this.#run({ plan, guided, file, title });
    } finally {
      await this.#parts.incidents.endDrill();
    }
  };

  /**
   * Begins the record of a drill and its scenario; undefined where the person leaves that.
   * @throws PlanError where an incident has begun meanwhile
   */
  async #open({ document, scenario }: DrillPlan, title: string): Promise<GuidedScenario | undefined> {
    const { incidents, scenarios } = this.#parts;
    if (!(await incidents.beginDrill(title, document, scenario))) throw new PlanError("not-configured", inIncident);
    const guided = await scenarios.begin(document, scenario);
    if (!guided) await incidents.endDrill();
    return guided;
  }

  async #run({ plan, guided, file, title }: Beginning): Promise<void> {
    const { runner, incidents, scenarios, onProblem } = this.#parts;
    const { pinned, connection, scenario, before } = plan;
    const notes = new DrillNotes({ before, file, connection, target: pinned.target, runner, onProblem });
    const run = new DrillRun({
      plan,
      guided,
      follower: new DrillFollower(plan, guided, this.#parts),
      notes,
      runner,
      restore: () =>
        restoreDrill(() => notes.changes, {
          connection,
          run: runOnTarget(pinned, this.#parts),
          agreed: plan.restoring,
          onProblem,
        }),
      tell: (words) => void incidents.noteDrill(`${drillTitle}${words}`).catch(onProblem),
      now: Date.now,
      onProblem,
    });
    const over = Promise.withResolvers<void>();
    this.#going = { path: file.path, run, over: over.promise };
    try {
      await commands.executeCommand("setContext", contextKey, true);
      const course = await shown(title, run);
      await (course.left?.length === 0 ? file.end() : file.close());
      if (!guided.isOver) await scenarios.end();
      await incidents.noteDrill(`${drillTitle}${drillWords(course, scenario.expectedRecoverySeconds)}`);
      tellEnd(title, plan, course);
    } finally {
      this.#going = undefined;
      over.resolve();
      run.dispose();
      notes.dispose();
      await commands.executeCommand("setContext", contextKey, false);
    }
  }
}

/** What was noted before the question must be so still: it is what is put back. */
async function requireUnchanged({ before, connection }: DrillPlan): Promise<void> {
  const changed = differences(before, await statesOf(connection));
  if (changed.length === 0) return;
  const why = `Not drilled: since the question was asked, somebody has changed ${changed.join(", ")}.`;
  throw new PlanError("not-configured", `${why} Start the drill again.`);
}

/** Runs a drill with its phase in a notification whose Cancel stops it. */
function shown(title: string, run: DrillRun): Thenable<DrillCourse> {
  const options = {
    location: ProgressLocation.Notification,
    title: messageText(`${drillTitle}${title}`),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancelled) => {
    const listener = cancelled.onCancellationRequested(() => run.stop());
    try {
      return await run.run((course) => progress.report({ message: phaseWords(course) }));
    } finally {
      listener.dispose();
    }
  });
}

function tellEnd(title: string, { scenario }: DrillPlan, course: DrillCourse): void {
  const words = messageText(`${title}: ${drillWords(course, scenario.expectedRecoverySeconds)}.`);
  const again = course.left?.length === 0 ? [] : ["Restore Drill"];
  const tell = again.length > 0 || course.why !== null ? window.showWarningMessage : window.showInformationMessage;
  void tell(words, ...again).then((chosen) => {
    if (chosen !== undefined) void commands.executeCommand("podbook.restoreDrill");
  });
}
