import { window } from "vscode";
import { restartableKind, scalableKind } from "../../recovery/actions.ts";
import {
  pauseScript,
  restartScript,
  resumeScript,
  rollBackScript,
  rolloutStatusScript,
  scaleScript,
} from "../../recovery/workloadActions.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import type { Choices } from "../recovery/choices.ts";
import { pickRevision } from "../recovery/pickRevision.ts";
import type { TemplateDocuments } from "../recovery/templateDocuments.ts";
import type { CommandHandler } from "./command.ts";

const mostReplicas = 10_000;
/** How long the cluster may take to tell how a workload is, in ms. */
const patienceMs = 10_000;

/** Recovery of workloads, from the palette (which asks for the workload) or from a row of the Pods view. */
export class WorkloadCommands {
  readonly #choices: Choices;
  readonly #actions: ActionRunner;
  readonly #templates: TemplateDocuments;

  constructor(choices: Choices, actions: ActionRunner, templates: TemplateDocuments) {
    this.#choices = choices;
    this.#actions = actions;
    this.#templates = templates;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.restartWorkload": this.restart,
      "podbook.scaleWorkload": this.scale,
      "podbook.showRolloutStatus": this.showStatus,
      "podbook.rollBackWorkload": this.rollBack,
      "podbook.pauseRollout": this.pause,
      "podbook.resumeRollout": this.resume,
    };
  }

  readonly restart: CommandHandler = async (node) => {
    const chosen = await this.#rollable(node, "Restart which workload?");
    if (chosen) await this.#actions.change(restartScript(chosen.named), chosen.target, "Restart");
  };

  readonly scale: CommandHandler = async (node) => {
    const chosen = await this.#choices.workload(node, "Scale which workload?", (one) => scalableKind(one.kind));
    if (!chosen) return;
    const { target, named } = chosen;
    const connection = await this.#actions.connect(target);
    const { replicas: now } = await connection.workloadNote(named.kind, named.name, AbortSignal.timeout(patienceMs));
    const replicas = await askReplicas(named.name, now);
    if (replicas === undefined) return;
    await this.#actions.change(scaleScript(named, replicas, now), target, "Scale");
  };

  readonly showStatus: CommandHandler = async (node) => {
    const chosen = await this.#rollable(node, "Rollout status of which workload?");
    if (chosen) await this.#actions.run(rolloutStatusScript(chosen.named), chosen.target, "Show");
  };

  readonly rollBack: CommandHandler = async (node) => {
    const chosen = await this.#rollable(node, "Roll back which workload?");
    if (!chosen) return;
    const { target, named } = chosen;
    const connection = await this.#actions.connect(target);
    const revisions = await connection.revisions(named.kind, named.name, AbortSignal.timeout(patienceMs));
    const [current, ...older] = revisions;
    if (!current || older.length === 0) {
      await window.showWarningMessage(`${named.name} has no older revision to go back to.`);
      return;
    }
    const revision = await pickRevision(named.name, current, older, this.#templates);
    if (revision) await this.#actions.change(rollBackScript(named, revision, current.number), target, "Roll Back");
  };

  readonly pause: CommandHandler = async (node) => {
    const chosen = await this.#deployment(node, "Pause the rollout of which Deployment?");
    if (!chosen) return;
    if (chosen.paused) await window.showInformationMessage(`The rollout of ${chosen.named.name} is paused already.`);
    else await this.#actions.change(pauseScript(chosen.named), chosen.target, "Pause");
  };

  readonly resume: CommandHandler = async (node) => {
    const chosen = await this.#deployment(node, "Resume the rollout of which Deployment?");
    if (!chosen) return;
    if (chosen.paused) await this.#actions.change(resumeScript(chosen.named), chosen.target, "Resume");
    else await window.showInformationMessage(`The rollout of ${chosen.named.name} is not paused.`);
  };

  #rollable(node: unknown, title: string) {
    return this.#choices.workload(node, title, (one) => restartableKind(one.kind));
  }

  async #deployment(node: unknown, title: string) {
    const chosen = await this.#choices.workload(node, title, (one) =>
      one.kind === "Deployment" ? ("deployment" as const) : undefined,
    );
    if (!chosen) return undefined;
    const connection = await this.#actions.connect(chosen.target);
    const { kind, name } = chosen.named;
    return { ...chosen, ...(await connection.workloadNote(kind, name, AbortSignal.timeout(patienceMs))) };
  }
}

async function askReplicas(name: string, now: number): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title: `Replicas of ${name}`,
    prompt: `Now ${now}. 0 stops it; the number of ready pods follows.`,
    value: String(now),
    validateInput: (text) =>
      /^\d{1,5}$/.test(text.trim()) && Number(text) <= mostReplicas
        ? undefined
        : `Type a whole number from 0 to ${mostReplicas}.`,
  });
  return answer === undefined ? undefined : Number(answer);
}
