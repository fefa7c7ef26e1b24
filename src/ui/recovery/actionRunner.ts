import { homedir } from "node:os";
import type { Connection } from "../../cluster/connection.ts";
import type { Connections } from "../../cluster/connections.ts";
import { kubeconfigFiles, type PinnedTarget, pinTarget } from "../../cluster/kubeconfig.ts";
import type { Target } from "../../plan/plan.ts";
import type { ActionScript, ChangeScript } from "../../recovery/actions.ts";
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
  async run({ title, script }: ActionScript, target: Target, verb: string): Promise<boolean> {
    const { preparation, runner } = this.#parts;
    const prepared = await preparation.script(title, script, workspaceDirectory(), await pin(target));
    const execution = await withNotice(title, (preparing) => runner.run(prepared, { verb, preparing }));
    return execution !== null;
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
