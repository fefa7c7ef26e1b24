import { type QuickPickItem, QuickPickItemKind, window, workspace } from "vscode";
import type { Connection } from "../../cluster/connection.ts";
import type { Connections } from "../../cluster/connections.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import {
  type ChaosExperiment,
  type ChaosStep,
  chaosGroups,
  chaosStepScript,
  chaosSteps,
  createChaosScript,
} from "../../drill/chaosExperiment.ts";
import { PlanError } from "../../plan/planError.ts";
import type { ActionScript } from "../../recovery/actions.ts";
import type { CommandHandler } from "../commands/command.ts";
import { workspaceDirectory } from "../directories.ts";
import type { PlanRunner } from "../planRunner.ts";
import { withNotice } from "../prompts/notifiedPreparing.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { pickLabel } from "../shownText.ts";
import { typeUnlabelled } from "./protection.ts";

/** What chaos experiments are listed and steered with. */
export interface ChaosCommandParts {
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
}

interface ChaosItem extends QuickPickItem {
  readonly experiment?: ChaosExperiment;
}

const patienceMs = 10_000;
const mostWords = 100;
const stepItems: Readonly<Record<ChaosStep, { readonly label: string; readonly detail: string }>> = {
  start: { label: "Start", detail: "It begins to break things" },
  halt: { label: "Halt", detail: "What it has broken is put back by its operator, and it can be started again" },
  end: { label: "Delete", detail: "The same, and the experiment is gone" },
};

/** Lists the experiments of Chaos Mesh and LitmusChaos, and starts and ends them with kubectl. */
export class ChaosCommands {
  readonly #parts: ChaosCommandParts;

  constructor(parts: ChaosCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.chaosExperiments": this.#list };
  }

  readonly #list: CommandHandler = async () => {
    if (!(await mayRun())) return;
    const pinned = await this.#parts.targets.pinSettings();
    if (!pinned) throw new PlanError("not-configured", "There is no kubeconfig, so there are no experiments.");
    const { context, namespace } = pinned.target;
    const connection = await this.#parts.connections.get(pinned, context);
    const experiments = await connection.chaosExperiments(AbortSignal.timeout(patienceMs));
    const title = `Chaos experiments in ${context}/${namespace}`;
    const placeHolder =
      experiments.length === 0 ? "None: create them from a file, where Chaos Mesh or LitmusChaos is installed" : "";
    const picked = await window.showQuickPick<ChaosItem>(items(experiments), { title, placeHolder });
    if (!picked) return;
    if (picked.experiment) await this.#step(picked.experiment, pinned, connection);
    else await this.#create(pinned, connection);
  };

  async #step(experiment: ChaosExperiment, pinned: PinnedTarget, connection: Connection): Promise<void> {
    const able = chaosSteps(experiment).map((step) => ({ ...stepItems[step], step }));
    const title = pickLabel(`${experiment.kind} ${experiment.name} is ${experiment.state}`, mostWords);
    const step = (await window.showQuickPick(able, { title }))?.step;
    if (!step) return;
    if (step === "start" && !(await typeUnlabelled(pinned.target, connection, "start it"))) return;
    await this.#run(chaosStepScript(step, experiment), pinned);
  }

  async #create(pinned: PinnedTarget, connection: Connection): Promise<void> {
    const [folder] = workspace.workspaceFolders ?? [];
    const [file] =
      (await window.showOpenDialog({
        title: "Create which chaos experiments?",
        filters: { "Kubernetes objects": ["yaml", "yml", "json"] },
        ...(folder ? { defaultUri: folder.uri } : {}),
      })) ?? [];
    if (!file || !(await typeUnlabelled(pinned.target, connection, "start experiments"))) return;
    await this.#run(createChaosScript(file.fsPath, pinned.target.namespace), pinned);
  }

  async #run({ title, script }: ActionScript, pinned: PinnedTarget): Promise<void> {
    const { preparation, runner } = this.#parts;
    const prepared = await preparation.script(title, script, workspaceDirectory(), pinned);
    await withNotice(title, (preparing) => runner.run(prepared, { verb: "Run", preparing }));
  }
}

function items(experiments: readonly ChaosExperiment[]): ChaosItem[] {
  const icons = { running: "flame", paused: "debug-pause", finished: "pass" } as const;
  const found = experiments.map((experiment) => ({
    label: `$(${icons[experiment.state]}) ${pickLabel(experiment.name, mostWords)}`,
    description: `${pickLabel(experiment.kind, mostWords)} · ${experiment.state}`,
    detail: chaosGroups[experiment.group],
    experiment,
  }));
  return [...found, { label: "", kind: QuickPickItemKind.Separator }, { label: "$(add) Create from a File…" }];
}
