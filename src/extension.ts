import { userInfo } from "node:os";
import { join } from "node:path";
import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { Recoveries } from "./journal/recoveries.ts";
import { loadShellParser } from "./run/loadShellParser.ts";
import { hastyStop } from "./run/stopTimes.ts";
import { AgentTools } from "./ui/agents/agentTools.ts";
import { type CommandHandler, registerCommand } from "./ui/commands/command.ts";
import { DrillFeatures } from "./ui/drill/drillFeatures.ts";
import { HistoryFeatures } from "./ui/history/historyFeatures.ts";
import { JournalUpkeep } from "./ui/history/journalUpkeep.ts";
import { journalFolder, openJournal } from "./ui/history/openJournal.ts";
import { runAgain } from "./ui/history/runAgain.ts";
import { IncidentFeatures } from "./ui/incident/incidentFeatures.ts";
import { BlockRuns } from "./ui/lens/blockRuns.ts";
import { OpenRunbooks } from "./ui/lens/openRunbooks.ts";
import { PausedSteps } from "./ui/lens/pausedSteps.ts";
import { MetricFeatures } from "./ui/metrics/metricFeatures.ts";
import { MetricsAccess } from "./ui/metrics/metricsAccess.ts";
import { OutputPanel } from "./ui/output/outputPanel.ts";
import { PodFeatures } from "./ui/pods/podFeatures.ts";
import { RecoveryFeatures } from "./ui/recovery/recoveryFeatures.ts";
import { RunbookFeatures } from "./ui/runbookFeatures.ts";
import { LibraryFeatures } from "./ui/runbooks/libraryFeatures.ts";
import { RunFeatures } from "./ui/runFeatures.ts";
import { RunServices } from "./ui/runServices.ts";
import { LastRecoveries } from "./ui/scenario/lastRecoveries.ts";
import { ScenarioFeatures } from "./ui/scenario/scenarioFeatures.ts";

let endAllRuns: (() => Promise<unknown>) | undefined;

/** Puts the parts together; everything that lives on is disposed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Podbook Log", { log: true });
  const onProblem = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const panel = new OutputPanel(window.createOutputChannel("Podbook", "podbook-output"));
  const folder = journalFolder(context.globalStorageUri);
  const own = (name: string) => join(context.globalStorageUri.fsPath, name);
  const memento = context.workspaceState;
  const opening = openJournal(folder);
  const loadParser = () => loadShellParser(join(context.extensionPath, "dist"));
  const services = new RunServices({ journal: opening, panel, memento, loadParser });
  const { analysis, executor, preparation, runner } = services;
  const runbooks = new OpenRunbooks();
  const blockRuns = new BlockRuns();
  const steps = new PausedSteps();
  // Before anything is awaited: the person sees the runbook already, and waits for its lenses.
  const texts = new RunbookFeatures({ ...services, runbooks, blockRuns, steps, onProblem });
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
  const metrics = new MetricFeatures({ ...known, access, drawn: texts.drawn, incident: incidents, dist });
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
  endAllRuns = () => executor.stopAll(hastyStop);
  context.subscriptions.push(
    log,
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
}

/** Ends every process that a run started, before the editor goes. */
export async function deactivate(): Promise<void> {
  await endAllRuns?.();
}
