import type { Disposable, Memento } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import { CheckCommands } from "../commands/checkCommands.ts";
import type { CommandHandler } from "../commands/command.ts";
import { LookCommands } from "../commands/lookCommands.ts";
import { NodeCommands } from "../commands/nodeCommands.ts";
import { PodCommands } from "../commands/podCommands.ts";
import { UndoCommands } from "../commands/undoCommands.ts";
import { WorkloadCommands } from "../commands/workloadCommands.ts";
import type { PlanRunner } from "../planRunner.ts";
import { ObjectDocuments } from "../pods/objectDocuments.ts";
import type { PodsTargets } from "../pods/podsTargets.ts";
import type { RunPreparation } from "../runPreparation.ts";
import type { TerminalRuns } from "../terminal/terminalRuns.ts";
import { ActionRunner } from "./actionRunner.ts";
import { Choices } from "./choices.ts";
import { NotedChanges } from "./notedChanges.ts";
import { TemplateDocuments } from "./templateDocuments.ts";

/** What recovery actions are made with. */
export interface RecoveryParts {
  readonly pods: PodsTargets;
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
  readonly connections: Connections;
  readonly terminals: TerminalRuns;
  /** Where changes are noted. */
  readonly memento: Memento;
}

/** Looking at pods, and the recovery actions: of workloads, pods and nodes, and their undoing. */
export class RecoveryFeatures implements Disposable {
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #templates = new TemplateDocuments();
  readonly #documents = new ObjectDocuments();

  constructor({ pods, preparation, runner, connections, terminals, memento }: RecoveryParts) {
    const choices = new Choices(pods);
    const changes = new NotedChanges(memento);
    const actions = new ActionRunner({ preparation, runner, connections, changes });
    this.handlers = {
      ...new WorkloadCommands(choices, actions, this.#templates).handlers,
      ...new PodCommands(choices, actions).handlers,
      ...new LookCommands({ choices, actions, documents: this.#documents, terminals }).handlers,
      ...new NodeCommands(choices, actions).handlers,
      ...new CheckCommands(choices, actions).handlers,
      ...new UndoCommands(changes, actions).handlers,
    };
  }

  dispose(): void {
    this.#templates.dispose();
    this.#documents.dispose();
  }
}
