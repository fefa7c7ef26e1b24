import { userInfo } from "node:os";
import { join } from "node:path";
import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { Recoveries } from "./journal/recoveries.ts";
import { loadShellParser } from "./run/loadShellParser.ts";
import { hastyStop, patientStop } from "./run/stopTimes.ts";
import { AgentTools } from "./ui/agents/agentTools.ts";
import { arrangeHandlers } from "./ui/commands/arrangeCommands.ts";
import { BlockCommands } from "./ui/commands/blockCommands.ts";
import { type CommandHandler, registerCommand } from "./ui/commands/command.ts";
import { ElsewhereCommands } from "./ui/commands/elsewhereCommands.ts";
import { ForwardCommands } from "./ui/commands/forwardCommands.ts";
import { PlanCommands } from "./ui/commands/planCommands.ts";
import { SequenceCommands } from "./ui/commands/sequenceCommands.ts";
import { ChaosCommands } from "./ui/drill/chaosCommands.ts";
import { DrillFeatures } from "./ui/drill/drillFeatures.ts";
import { Forwards } from "./ui/forwards/forwards.ts";
import { ForwardsView } from "./ui/forwards/forwardsView.ts";
import { HistoryFeatures } from "./ui/history/historyFeatures.ts";
import { JournalUpkeep } from "./ui/history/journalUpkeep.ts";
import { journalFolder, openJournal } from "./ui/history/openJournal.ts";
import { runAgain } from "./ui/history/runAgain.ts";
import { ContactCommands } from "./ui/incident/contactCommands.ts";
import { IncidentFeatures } from "./ui/incident/incidentFeatures.ts";
import { BlockRuns } from "./ui/lens/blockRuns.ts";
import { OpenRunbooks } from "./ui/lens/openRunbooks.ts";
import { PausedSteps } from "./ui/lens/pausedSteps.ts";
import { MetricFeatures } from "./ui/metrics/metricFeatures.ts";
import { MetricsView } from "./ui/metrics/metricsView.ts";
import { OutputPanel } from "./ui/output/outputPanel.ts";
import { HealthNotifications } from "./ui/pods/healthNotifications.ts";
import { PodsStatusBar } from "./ui/pods/podsStatusBar.ts";
import { PodsTargets } from "./ui/pods/podsTargets.ts";
import { PodsView } from "./ui/pods/podsView.ts";
import { RecoveryFeatures } from "./ui/recovery/recoveryFeatures.ts";
import { RunbookFeatures } from "./ui/runbookFeatures.ts";
import { LibraryFeatures } from "./ui/runbooks/libraryFeatures.ts";
import { RunSequence } from "./ui/runSequence.ts";
import { RunServices } from "./ui/runServices.ts";
import { LastRecoveries } from "./ui/scenario/lastRecoveries.ts";
import { ScenarioFeatures } from "./ui/scenario/scenarioFeatures.ts";
import { followedTargets } from "./ui/settings.ts";
import { TerminalRuns } from "./ui/terminal/terminalRuns.ts";

let endAllRuns: (() => Promise<unknown>) | undefined;

/** Puts the parts together; everything that lives on is disposed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Podbook Log", { log: true });
  const onProblem = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const panel = new OutputPanel(window.createOutputChannel("Podbook", "podbook-output"));
  const folder = journalFolder(context.globalStorageUri);
  const opening = openJournal(folder);
  const loadParser = () => loadShellParser(join(context.extensionPath, "dist"));
  const services = new RunServices({ journal: opening, panel, memento: context.workspaceState, loadParser });
  const { analysis, connections, executor, preparation, runner, sessions, targets } = services;
  const runbooks = new OpenRunbooks();
  const blockRuns = new BlockRuns();
  const steps = new PausedSteps();
  // Before anything is awaited: the person sees the runbook already, and waits for its lenses.
  const features = new RunbookFeatures({ ...services, runbooks, blockRuns, steps, onProblem });
  const journal = await opening;
  const upkeep = new JournalUpkeep({ journal, folder, onProblem });
  const podsTargets = new PodsTargets({
    choices: followedTargets,
    environment: process.env,
    connect: (pinned) => connections.get(pinned, pinned.target.context),
    onBug: onProblem,
  });
  const pods = new PodsView(podsTargets);
  const blocks = new BlockCommands({ runbooks, blockRuns, preparation, runner, steps, sessions });
  const sequence = new RunSequence({ runbooks, blockRuns, blocks });
  const history = new HistoryFeatures({
    journal,
    panel,
    runbooks,
    runAgain: (record) => runAgain(record, { runbooks, blocks, preparation, runner }),
    keeps: upkeep.keeps,
  });
  const terminals = new TerminalRuns(services.connect, onProblem);
  const recovery = new RecoveryFeatures({ ...services, pods: podsTargets, terminals, memento: context.workspaceState });
  const by = userInfo().username;
  const kept = new Recoveries({ path: join(context.globalStorageUri.fsPath, "recoveries.jsonl"), by });
  const recoveries = new LastRecoveries(kept, onProblem);
  const scenarios = new ScenarioFeatures({ ...services, runbooks, blockRuns, blocks, recoveries, onProblem });
  const metrics = new MetricFeatures({
    ...services,
    runbooks,
    memento: context.workspaceState,
    secrets: context.secrets,
    drawn: features.drawn,
    incident: () => incidents.current,
    onProblem,
  });
  const incidents = new IncidentFeatures({
    ...services,
    runbooks,
    recoveries,
    metrics: metrics.access,
    by,
    memento: context.workspaceState,
    folder: join(context.globalStorageUri.fsPath, "incidents"),
    onProblem,
  });
  const metricsView = new MetricsView({
    metrics: metrics.access,
    incident: incidents,
    dist: Uri.joinPath(context.extensionUri, "dist"),
    onProblem,
  });
  const drills = new DrillFeatures({
    ...services,
    runbooks,
    blockRuns,
    blocks,
    scenarios,
    incidents,
    folder: join(context.globalStorageUri.fsPath, "drills"),
    onProblem,
  });
  const forwards = new Forwards(onProblem);
  const library = new LibraryFeatures({
    pods: podsTargets,
    journal,
    runbooks,
    blockRuns,
    blocks,
    recoveries,
    startScenario: scenarios.start,
    onProblem,
  });
  const handlers: Record<string, CommandHandler> = {
    ...blocks.handlers,
    ...new SequenceCommands({ runbooks, analysis, run: sequence }).handlers,
    ...new PlanCommands(runbooks, preparation, targets).handlers,
    ...recovery.handlers,
    ...scenarios.handlers,
    ...incidents.handlers,
    ...drills.handlers,
    ...new ChaosCommands(services).handlers,
    ...new ContactCommands({ runbooks, incident: incidents.latest }).handlers,
    ...new ElsewhereCommands({ ...services, runbooks, blockRuns, terminals }).handlers,
    ...new ForwardCommands(forwards, targets, connections).handlers,
    ...history.handlers,
    ...arrangeHandlers(pods),
    ...library.handlers,
    ...metrics.handlers,
    ...metricsView.handlers,
    "podbook.stopAllRuns": async () => {
      await window.showInformationMessage(await runner.stopAll(patientStop, sequence.stopAll()));
    },
    "podbook.emergencyStop": async (...args) => {
      await Promise.all([drills.stop(), recovery.handlers["podbook.emergencyStop"]?.(...args)]);
    },
    "podbook.showOutput": async () => panel.show(),
    "podbook.refreshPods": async () => podsTargets.restart(),
    "podbook.revealPod": pods.revealPod,
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
    podsTargets,
    terminals,
    forwards,
    recovery,
    recoveries,
    scenarios,
    incidents,
    drills,
    library,
    metrics,
    metricsView,
    new AgentTools({ pods: podsTargets, runbooks, preparation, blocks, journal }),
    new ForwardsView(forwards),
    features,
    history,
    pods,
    new PodsStatusBar(podsTargets),
    new HealthNotifications(podsTargets, onProblem),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("podbook")) return;
      analysis.forget();
      podsTargets.restart();
      features.refresh();
      library.refresh();
      metrics.refresh();
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
