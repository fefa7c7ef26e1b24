import { join } from "node:path";
import { commands, type ExtensionContext, window, workspace } from "vscode";
import { Connections } from "./cluster/connections.ts";
import { loadShellParser } from "./run/loadShellParser.ts";
import { PlanExecutor } from "./run/planExecutor.ts";
import { Runs } from "./run/runs.ts";
import { hastyStop, patientStop } from "./run/stopTimes.ts";
import { TargetQueue } from "./run/targetQueue.ts";
import { BlockCommands } from "./ui/commands/blockCommands.ts";
import { type CommandHandler, registerCommand } from "./ui/commands/command.ts";
import { PlanCommands } from "./ui/commands/planCommands.ts";
import { SequenceCommands } from "./ui/commands/sequenceCommands.ts";
import { WorkloadCommands } from "./ui/commands/workloadCommands.ts";
import { BlockRuns } from "./ui/lens/blockRuns.ts";
import { OpenRunbooks } from "./ui/lens/openRunbooks.ts";
import { PausedSteps } from "./ui/lens/pausedSteps.ts";
import { OutputPanel } from "./ui/output/outputPanel.ts";
import { PlanRunner } from "./ui/planRunner.ts";
import { PodsModel } from "./ui/pods/podsModel.ts";
import { PodsView } from "./ui/pods/podsView.ts";
import { ValuePrompts } from "./ui/prompts/askValues.ts";
import { SamplePaths } from "./ui/prompts/pickFolder.ts";
import { RunbookFeatures } from "./ui/runbookFeatures.ts";
import { RunbookSessions } from "./ui/runbookSessions.ts";
import { RunbookTargets } from "./ui/runbookTargets.ts";
import { RunPreparation } from "./ui/runPreparation.ts";
import { RunSequence } from "./ui/runSequence.ts";
import { targetChoice } from "./ui/settings.ts";
import { ShellAnalysis } from "./ui/shellAnalysis.ts";
import { WindowJournal } from "./ui/windowJournal.ts";

let endAllRuns: (() => Promise<unknown>) | undefined;

/** Puts the parts together; everything that lives on is disposed with the extension. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Podbook Log", { log: true });
  const onProblem = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const panel = new OutputPanel(window.createOutputChannel("Podbook", "podbook-output"));
  const connections = new Connections();
  const runs = new Runs();
  const journal = new WindowJournal(context.globalStorageUri);
  const executor = new PlanExecutor({
    runs,
    journal: journal.open,
    connect: (pinned, name) => connections.get(pinned, name),
    secrets: async () => [],
    environment: process.env,
  });
  const runbooks = new OpenRunbooks();
  const blockRuns = new BlockRuns();
  const steps = new PausedSteps();
  const analysis = new ShellAnalysis(() => loadShellParser(join(context.extensionPath, "dist")));
  const targets = new RunbookTargets(context.workspaceState);
  const sessions = new RunbookSessions();
  const values = new ValuePrompts(context.workspaceState, new SamplePaths());
  const preparation = new RunPreparation({ analysis, targets, connections, values, sessions });
  const runner = new PlanRunner({
    executor,
    queue: new TargetQueue(),
    panel,
    recount: (prepared) => preparation.again(prepared),
  });
  const model = new PodsModel({
    choice: targetChoice,
    environment: process.env,
    connect: (pinned) => connections.get(pinned, pinned.target.context),
    onBug: onProblem,
  });
  const blocks = new BlockCommands({ runbooks, blockRuns, preparation, runner, steps, sessions });
  const sequence = new RunSequence({ runbooks, blockRuns, blocks });
  const sequences = new SequenceCommands({ runbooks, analysis, run: sequence });
  const plans = new PlanCommands(runbooks, preparation, targets);
  const workloads = new WorkloadCommands(model, preparation, runner);
  const features = new RunbookFeatures({
    runbooks,
    blockRuns,
    steps,
    analysis,
    preparation,
    sessions,
    targets,
    onProblem,
  });
  const handlers: Record<string, CommandHandler> = {
    ...blocks.handlers,
    ...sequences.handlers,
    ...plans.handlers,
    ...workloads.handlers,
    "podbook.stopAllRuns": async () => {
      await window.showInformationMessage(await runner.stopAll(patientStop, sequence.stopAll()));
    },
    "podbook.showOutput": async () => panel.show(),
    "podbook.refreshPods": async () => model.restart(),
    "podbook.openSettings": async () => {
      await commands.executeCommand("workbench.action.openSettings", "@ext:podbook.podbook");
    },
  };
  endAllRuns = () => executor.stopAll(hastyStop);
  context.subscriptions.push(
    log,
    panel,
    runs,
    blockRuns,
    steps,
    analysis,
    targets,
    sessions,
    model,
    features,
    new PodsView(model),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("podbook")) return;
      analysis.forget();
      model.restart();
      features.refresh();
    }),
    ...Object.entries(handlers).map(([id, handler]) => registerCommand(id, handler, log)),
  );
}

/** Ends every process that a run started, before the editor goes. */
export async function deactivate(): Promise<void> {
  await endAllRuns?.();
}
