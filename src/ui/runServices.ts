import type { Memento } from "vscode";
import { Connections } from "../cluster/connections.ts";
import { secretsOfRun } from "../cluster/secretValues.ts";
import type { RunJournal } from "../journal/runRecord.ts";
import { type Connect, PlanExecutor } from "../run/planExecutor.ts";
import { Runs } from "../run/runs.ts";
import { TargetQueue } from "../run/targetQueue.ts";
import type { ShellParser } from "../shell/parser.ts";
import type { OutputPanel } from "./output/outputPanel.ts";
import { PlanRunner } from "./planRunner.ts";
import { ValuePrompts } from "./prompts/askValues.ts";
import { SamplePaths } from "./prompts/pickFolder.ts";
import { RememberedValues } from "./prompts/rememberedValues.ts";
import { RunbookSessions } from "./runbookSessions.ts";
import { RunbookTargets } from "./runbookTargets.ts";
import { RunPreparation } from "./runPreparation.ts";
import { ShellAnalysis } from "./shellAnalysis.ts";

/** What runs are made with. */
export interface RunServiceParts {
  readonly journal: Promise<RunJournal>;
  readonly panel: OutputPanel;
  /** What is remembered per runbook. */
  readonly memento: Memento;
  readonly loadParser: () => Promise<ShellParser>;
}

/** The way of every run, from a text to its processes: analysis, target, values, plan, question, execution. */
export class RunServices {
  readonly connections = new Connections();
  readonly connect: Connect = (pinned, context) => this.connections.get(pinned, context);
  readonly sessions = new RunbookSessions();
  readonly analysis: ShellAnalysis;
  readonly targets: RunbookTargets;
  readonly preparation: RunPreparation;
  readonly executor: PlanExecutor;
  readonly remembered: RememberedValues;
  readonly runner: PlanRunner;
  readonly #runs = new Runs();

  constructor({ journal, panel, memento, loadParser }: RunServiceParts) {
    const { connections, sessions } = this;
    const analysis = new ShellAnalysis(loadParser);
    const targets = new RunbookTargets(memento);
    const remembered = new RememberedValues(memento);
    const values = new ValuePrompts(remembered, new SamplePaths());
    const preparation = new RunPreparation({ analysis, targets, connections, values, sessions });
    const executor = new PlanExecutor({
      runs: this.#runs,
      journal: () => journal,
      connect: this.connect,
      secrets: ({ plan, pinned }) => secretsOfRun({ plan, pinned, connect: this.connect }),
      environment: process.env,
    });
    const recount = preparation.again.bind(preparation);
    this.analysis = analysis;
    this.targets = targets;
    this.preparation = preparation;
    this.executor = executor;
    this.remembered = remembered;
    this.runner = new PlanRunner({ executor, queue: new TargetQueue(), panel, recount });
  }

  dispose(): void {
    for (const part of [this.runner, this.sessions, this.analysis, this.targets, this.#runs]) part.dispose();
  }
}
