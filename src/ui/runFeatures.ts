import { type Disposable, window } from "vscode";
import { patientStop } from "../run/stopTimes.ts";
import { BlockCommands } from "./commands/blockCommands.ts";
import type { CommandHandler } from "./commands/command.ts";
import { ElsewhereCommands } from "./commands/elsewhereCommands.ts";
import { ForwardCommands } from "./commands/forwardCommands.ts";
import { PlanCommands } from "./commands/planCommands.ts";
import { SequenceCommands } from "./commands/sequenceCommands.ts";
import { Forwards } from "./forwards/forwards.ts";
import { ForwardsView } from "./forwards/forwardsView.ts";
import type { BlockRuns } from "./lens/blockRuns.ts";
import type { OpenRunbooks } from "./lens/openRunbooks.ts";
import type { PausedSteps } from "./lens/pausedSteps.ts";
import { RunSequence } from "./runSequence.ts";
import type { RunServices } from "./runServices.ts";
import { TerminalRuns } from "./terminal/terminalRuns.ts";

/** What blocks are run with. */
export interface RunFeatureParts {
  readonly services: RunServices;
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly steps: PausedSteps;
  readonly onProblem: (error: unknown) => void;
}

/** Running the blocks of runbooks, here, in a terminal or in the cluster, one or several; and the ways to services. */
export class RunFeatures implements Disposable {
  readonly blocks: BlockCommands;
  readonly terminals: TerminalRuns;
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #disposables: readonly Disposable[];

  constructor({ services, runbooks, blockRuns, steps, onProblem }: RunFeatureParts) {
    const { analysis, connections, preparation, runner, targets } = services;
    this.blocks = new BlockCommands({ ...services, runbooks, blockRuns, steps });
    this.terminals = new TerminalRuns(services.connect, onProblem);
    const sequence = new RunSequence({ runbooks, blockRuns, blocks: this.blocks });
    const forwards = new Forwards(onProblem);
    this.handlers = {
      ...this.blocks.handlers,
      ...new SequenceCommands({ runbooks, analysis, run: sequence }).handlers,
      ...new PlanCommands(runbooks, preparation, targets).handlers,
      ...new ElsewhereCommands({ ...services, runbooks, blockRuns, terminals: this.terminals }).handlers,
      ...new ForwardCommands(forwards, targets, connections).handlers,
      "podbook.stopAllRuns": async () => {
        await window.showInformationMessage(await runner.stopAll(patientStop, sequence.stopAll()));
      },
    };
    this.#disposables = [this.terminals, new ForwardsView(forwards), forwards];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
