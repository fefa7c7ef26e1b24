import { homedir } from "node:os";
import type { Connection } from "../../cluster/connection.ts";
import type { Connections } from "../../cluster/connections.ts";
import { kubeconfigFiles, type PinnedTarget, pinTarget } from "../../cluster/kubeconfig.ts";
import type { Target } from "../../plan/plan.ts";
import type { ActionScript, ChangeScript } from "../../recovery/actions.ts";
import type { Execution } from "../../run/planExecutor.ts";
import type { PreparedRun } from "../../run/preparedRun.ts";
import { workspaceDirectory } from "../directories.ts";
import type { PlanRunner } from "../planRunner.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { targetChoice } from "../settings.ts";
import type { NotedChanges } from "./notedChanges.ts";

/** What recovery actions are run with. */
export interface ActionRunnerParts {
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
  readonly connections: Connections;
  readonly changes: NotedChanges;
}

/** Runs recovery actions as any other plan: pinned, shown, asked for, journaled. */
export class ActionRunner {
  readonly #parts: ActionRunnerParts;

  constructor(parts: ActionRunnerParts) {
    this.#parts = parts;
  }

  /** Runs an action; false where the person said no. `verb` is the word on the button that says yes. */
  async run(action: ActionScript, target: Target, verb: string): Promise<boolean> {
    return (await this.start(action, target, verb)) !== null;
  }

  /** Runs an action that goes on; null where the person said no. */
  async start(action: ActionScript, target: Target, verb: string): Promise<Execution | null> {
    const prepared = await this.prepare(action, target);
    return withNotice(action.title, (preparing) => this.#parts.runner.run(prepared, { verb, preparing }));
  }

  /** The plan of an action, pinned and counted. */
  async prepare({ title, script }: ActionScript, target: Target): Promise<PreparedRun> {
    return this.#parts.preparation.script(title, script, workspaceDirectory(), await pin(target));
  }

  /** Whether a plan may run: at once where it only reads, else as the person says. */
  ask(prepared: PreparedRun, verb: string): Promise<boolean> {
    return this.#parts.runner.ask(prepared, verb);
  }

  /** Runs an action that changes something, and notes what puts it back. */
  async change(action: ChangeScript, target: Target, verb: string): Promise<void> {
    const { title, undo } = action;
    if (await this.run(action, target, verb)) await this.#parts.changes.add({ title, target, undo });
  }

  /** The connection to what an action is about. */
  async connect(target: Target): Promise<Connection> {
    return this.#parts.connections.get(await pin(target), target.context);
  }
}

function pin(target: Target): Promise<PinnedTarget> {
  const choice = { ...targetChoice(), ...target };
  return pinTarget(kubeconfigFiles(choice.kubeconfig, process.env, homedir()), choice);
}
