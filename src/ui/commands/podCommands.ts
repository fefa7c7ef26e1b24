import { type QuickPickItem, window } from "vscode";
import { restartableKind } from "../../recovery/actions.ts";
import { diagnoseScript } from "../../recovery/diagnosis.ts";
import { deletePodScript, forceRestartScript, podLogsScript } from "../../recovery/podActions.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import type { Choices } from "../recovery/choices.ts";
import type { CommandHandler } from "./command.ts";

const logLines = 500;

/** Logs, diagnosis and deletion of pods, from the palette (which asks for the pod) or from a row of the Pods view. */
export class PodCommands {
  readonly #choices: Choices;
  readonly #actions: ActionRunner;

  constructor(choices: Choices, actions: ActionRunner) {
    this.#choices = choices;
    this.#actions = actions;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.showPodLogs": this.showLogs,
      "podbook.diagnosePod": this.diagnose,
      "podbook.deletePod": this.remove,
      "podbook.forceRestartPods": this.forceRestart,
    };
  }

  readonly showLogs: CommandHandler = async (node) => {
    const chosen = await this.#choices.pod(node, "Logs of which pod?");
    if (!chosen) return;
    const { pod, target } = chosen;
    await this.#actions.run(podLogsScript(pod.name, logLines, target.namespace), target, "Show");
  };

  readonly diagnose: CommandHandler = async (node) => {
    const chosen = await this.#choices.pod(node, "Diagnose which pod?");
    if (!chosen) return;
    const { pod, target } = chosen;
    await this.#actions.run(diagnoseScript(pod.name, target.namespace), target, "Diagnose");
  };

  readonly remove: CommandHandler = async (node) => {
    const chosen = await this.#choices.pod(node, "Delete which pod?");
    if (!chosen) return;
    const { pod, target } = chosen;
    const kind = restartableKind(pod.owner.kind);
    const owner = kind ? { kind, name: pod.owner.name, namespace: target.namespace } : null;
    await this.#actions.change(deletePodScript(pod.name, target.namespace, owner), target, "Delete");
  };

  readonly forceRestart: CommandHandler = async (node) => {
    const title = "Force restart the pods of which workload?";
    const chosen = await this.#choices.workload(node, title, (one) => restartableKind(one.kind));
    if (!chosen) return;
    const { workload, named, target } = chosen;
    const pods = workload.pods.filter(({ status }) => status.text !== "Terminating").map(({ name }) => name);
    if (pods.length === 0) {
      await window.showWarningMessage(`${named.name} has no pods to restart.`);
      return;
    }
    const how = pods.length === 1 ? "at-once" : await pickHow(named.name, pods.length);
    if (how) await this.#actions.change(forceRestartScript(named, pods, how), target, "Force Restart");
  };
}

async function pickHow(name: string, count: number): Promise<"one-by-one" | "at-once" | undefined> {
  const items: (QuickPickItem & { readonly how: "one-by-one" | "at-once" })[] = [
    {
      label: "One after another",
      detail: `Deletes one pod, waits until ${name} is whole again, then the next. The other ${count - 1} serve meanwhile.`,
      how: "one-by-one",
    },
    {
      label: "All at once",
      detail: `Deletes all ${count} pods together. Faster, but ${name} has no endpoint until a new pod is ready.`,
      how: "at-once",
    },
  ];
  return (await window.showQuickPick(items, { title: `Force restart the pods of ${name}` }))?.how;
}
