import { userInfo } from "node:os";
import { join } from "node:path";
import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  window,
  workspace,
} from "vscode";
import { Recoveries } from "../journal/recoveries.ts";
import { loadShellParser } from "../run/loadShellParser.ts";
import { hastyStop } from "../run/stopTimes.ts";
import { AgentTools } from "./agents/agentTools.ts";
import { type CommandHandler, registerCommand } from "./commands/command.ts";
import { DrillFeatures } from "./drill/drillFeatures.ts";
import { HistoryFeatures } from "./history/historyFeatures.ts";
import { JournalUpkeep } from "./history/journalUpkeep.ts";
import { journalFolder, openJournal } from "./history/openJournal.ts";
import { runAgain } from "./history/runAgain.ts";
import { IncidentFeatures } from "./incident/incidentFeatures.ts";
import type { AllLenses } from "./lens/allLenses.ts";
import { BlockRuns } from "./lens/blockRuns.ts";
import type { OpenRunbooks } from "./lens/openRunbooks.ts";
import { PausedSteps } from "./lens/pausedSteps.ts";
import { MetricFeatures } from "./metrics/metricFeatures.ts";
import { MetricsAccess } from "./metrics/metricsAccess.ts";
import { OutputPanel } from "./output/outputPanel.ts";
import { PodFeatures } from "./pods/podFeatures.ts";
import { RecoveryFeatures } from "./recovery/recoveryFeatures.ts";
import { RunbookFeatures } from "./runbookFeatures.ts";
import { LibraryFeatures } from "./runbooks/libraryFeatures.ts";
import { RunFeatures } from "./runFeatures.ts";
import { RunServices } from "./runServices.ts";
import { LastRecoveries } from "./scenario/lastRecoveries.ts";
import { ScenarioFeatures } from "./scenario/scenarioFeatures.ts";

/** What the features are started with. */
export interface FeatureParts {
  readonly context: ExtensionContext;
  readonly runbooks: OpenRunbooks;
  readonly lenses: AllLenses;
  /** The lenses that are shown until these are there. */
  readonly untilMore: Disposable;
  readonly log: LogOutputChannel;
  readonly onProblem: (error: unknown) => void;
}

/** Puts the parts together; everything that lives on is disposed with the extension. Gives what ends all runs. */
export async function startFeatures(parts: FeatureParts): Promise<() => Promise<unknown>> {
  const { context, runbooks, lenses, untilMore, log, onProblem } = parts;
  const panel = new OutputPanel(window.createOutputChannel("Podbook", "podbook-output"));
  const folder = journalFolder(context.globalStorageUri);
  const own = (name: string) => join(context.globalStorageUri.fsPath, name);
  const memento = context.workspaceState;
  const opening = openJournal(folder);
  const loadParser = () => loadShellParser(join(context.extensionPath, "dist"));
  const services = new RunServices({ journal: opening, panel, memento, loadParser });
  const { analysis, executor, preparation, runner } = services;
  const blockRuns = new BlockRuns();
  const steps = new PausedSteps();
  const texts = new RunbookFeatures({ ...services, runbooks, lenses, blockRuns, steps, onProblem });
  untilMore.dispose();
  const journal = await opening;
  const { keeps } = new JournalUpkeep({ journal, folder, onProblem });
  const pods = new PodFeatures({ ...services, onProblem });
  const runs = new RunFeatures({ services, runbooks, blockRuns, steps, onProblem });
  const { blocks, terminals } = runs;
  const history = new HistoryFeatures({
    journal,
    panel,
    runbooks,
    runAgain: (record) => runAgain(record, { runbooks, blocks, preparation, runner }),
    keeps,
  });
  const recovery = new RecoveryFeatures({ ...services, pods: pods.targets, terminals, memento });
  const by = userInfo().username;
  const recoveries = new LastRecoveries(new Recoveries({ path: own("recoveries.jsonl"), by }), onProblem);
  const known = { ...services, runbooks, blockRuns, blocks, recoveries, memento, by, onProblem };
  const scenarios = new ScenarioFeatures(known);
  const access = new MetricsAccess({ ...known, secrets: context.secrets });
  const incidents = new IncidentFeatures({ ...known, metrics: access, folder: own("incidents") });
  const dist = Uri.joinPath(context.extensionUri, "dist");
  const metrics = new MetricFeatures({ ...known, access, lenses, incident: incidents, dist });
  const drills = new DrillFeatures({ ...known, scenarios, incidents, folder: own("drills") });
  const library = new LibraryFeatures({ ...known, pods: pods.targets, journal, startScenario: scenarios.start });
  const features = [pods, runs, history, recovery, scenarios, incidents, metrics, drills, library];
  const handlers: Record<string, CommandHandler> = {
    ...Object.assign({}, ...features.map((feature) => feature.handlers)),
    "podbook.emergencyStop": async (...args) => {
      await Promise.all([drills.stop(), recovery.handlers["podbook.emergencyStop"]?.(...args)]);
    },
    "podbook.showOutput": async () => panel.show(),
    "podbook.openSettings": async () => {
      await commands.executeCommand("workbench.action.openSettings", "@ext:podbook.podbook");
    },
  };
  context.subscriptions.push(
    panel,
    services,
    blockRuns,
    steps,
    recoveries,
    access,
    ...features,
    texts,
    new AgentTools({ pods: pods.targets, runbooks, preparation, blocks, journal }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("podbook")) return;
      analysis.forget();
      for (const part of [pods, texts, library, metrics]) part.refresh();
    }),
    ...Object.entries(handlers).map(([id, handler]) => registerCommand(id, handler, log)),
  );
  incidents
    .resume()
    .then(() => drills.offerLeft())
    .catch(onProblem);
  return () => executor.stopAll(hastyStop);
}
