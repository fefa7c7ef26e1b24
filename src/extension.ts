import { join } from "node:path";
import { commands, type ExtensionContext, window, workspace } from "vscode";
import { loadShellParser } from "./run/loadShellParser.ts";
import { Runs } from "./run/runs.ts";
import { hastyStop, patientStop } from "./run/stopTimes.ts";
import { BlockCommands } from "./ui/commands/blockCommands.ts";
import { type CommandHandler, registerCommand } from "./ui/commands/command.ts";
import { ElsewhereCommands } from "./ui/commands/elsewhereCommands.ts";
import { ForwardCommands } from "./ui/commands/forwardCommands.ts";
import { PlanCommands } from "./ui/commands/planCommands.ts";
import { WorkloadCommands } from "./ui/commands/workloadCommands.ts";
import { Connections } from "./ui/connections.ts";
import { Forwards } from "./ui/forwards/forwards.ts";
import { ForwardsView } from "./ui/forwards/forwardsView.ts";
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
import { RunbookTargets } from "./ui/runbookTargets.ts";
import { RunPreparation } from "./ui/runPreparation.ts";
import { targetChoice } from "./ui/settings.ts";
import { ShellAnalysis } from "./ui/shellAnalysis.ts";
import { TerminalRuns } from "./ui/terminal/terminalRuns.ts";

let endAllRuns: (() => Promise<unknown>) | undefined;

/** Puts the parts together; everything that lives on is disposed with the extension. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Podbook Log", { log: true });
  const onProblem = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const panel = new OutputPanel(window.createOutputChannel("Podbook", "podbook-output"));
  const runs = new Runs();
  const connections = new Connections();
  const runner = new PlanRunner(runs, panel, connections);
  const runbooks = new OpenRunbooks();
  const blockRuns = new BlockRuns();
  const steps = new PausedSteps();
  const analysis = new ShellAnalysis(() => loadShellParser(join(context.extensionPath, "dist")));
  const targets = new RunbookTargets(context.workspaceState);
  const values = new ValuePrompts(context.workspaceState, new SamplePaths());
  const preparation = new RunPreparation(analysis, targets, connections, values);
  const model = new PodsModel({
    choice: targetChoice,
    environment: process.env,
    connect: (pinned) => connections.get(pinned, pinned.target.context),
    onBug: onProblem,
  });
  const blocks = new BlockCommands({ runbooks, blockRuns, preparation, runner, steps });
  const plans = new PlanCommands(runbooks, preparation, targets);
  const workloads = new WorkloadCommands(model, preparation, runner);
  const terminals = new TerminalRuns(connections, onProblem);
  const elsewhere = new ElsewhereCommands({ runbooks, blockRuns, preparation, runner, connections, terminals });
  const forwards = new Forwards(onProblem);
  const forwarding = new ForwardCommands(forwards, targets, connections);
  const features = new RunbookFeatures({ runbooks, blockRuns, steps, analysis, preparation, targets, onProblem });
  const handlers: Record<string, CommandHandler> = {
    "podbook.runBlock": blocks.runBlock,
    "podbook.runBlockAtCursor": blocks.runBlockAtCursor,
    "podbook.runCommand": blocks.runCommand,
    "podbook.runCommandAtCursor": blocks.runCommandAtCursor,
    "podbook.runStepByStep": blocks.runStepByStep,
    "podbook.continueStep": blocks.continueStep,
    "podbook.skipStep": blocks.skipStep,
    "podbook.stopBlock": blocks.stopBlock,
    "podbook.stopAllRuns": async () => {
      const count = await runs.stopAll(patientStop);
      await window.showInformationMessage(count === 1 ? "Stopped 1 run." : `Stopped ${count} runs.`);
    },
    "podbook.runBlockInTerminal": elsewhere.runInTerminal,
    "podbook.runBlockInCluster": elsewhere.runInCluster,
    "podbook.forwardService": forwarding.forward,
    "podbook.copyForwardAddress": forwarding.copyAddress,
    "podbook.stopForward": forwarding.stop,
    "podbook.showPlan": plans.showPlan,
    "podbook.chooseTarget": plans.chooseTarget,
    "podbook.showOutput": async () => panel.show(),
    "podbook.restartWorkload": workloads.restart,
    "podbook.scaleWorkload": workloads.scale,
    "podbook.showPodLogs": workloads.showLogs,
    "podbook.refreshPods": async () => model.restart(),
    "podbook.openSettings": async () => {
      await commands.executeCommand("workbench.action.openSettings", "@ext:podbook.podbook");
    },
  };
  endAllRuns = () => runs.stopAll(hastyStop);
  context.subscriptions.push(
    log,
    panel,
    blockRuns,
    steps,
    analysis,
    targets,
    model,
    terminals,
    forwards,
    new ForwardsView(forwards),
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
