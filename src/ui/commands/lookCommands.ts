import { env, ProgressLocation, type QuickPickItem, window } from "vscode";
import type { Pod } from "../../cluster/pod.ts";
import type { Workload } from "../../cluster/workload.ts";
import type { Target } from "../../plan/plan.ts";
import {
  describeScript,
  eventsScript,
  forwardPodScript,
  isLogDuration,
  kubectlCommands,
  type LogPart,
  logsScript,
  type Subject,
  shellScript,
} from "../../recovery/lookActions.ts";
import { patientStop } from "../../run/stopTimes.ts";
import type { ObjectDocuments } from "../pods/objectDocuments.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import type { Choices } from "../recovery/choices.ts";
import type { TerminalRuns } from "../terminal/terminalRuns.ts";
import type { CommandHandler } from "./command.ts";

/** What looking at pods needs. */
export interface LookCommandParts {
  readonly choices: Choices;
  readonly actions: ActionRunner;
  readonly documents: ObjectDocuments;
  readonly terminals: TerminalRuns;
}

interface Chosen {
  readonly subject: Subject;
  readonly target: Target;
  readonly pods: readonly Pod[];
  readonly kind: Workload["kind"];
  readonly name: string;
}

/** Looking at a pod, a container or a workload, from its row in the Pods view or from the palette (which asks for the pod). */
export class LookCommands {
  readonly #parts: LookCommandParts;

  constructor(parts: LookCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.showLogs": this.showLogs,
      "podbook.describe": this.describe,
      "podbook.showEvents": this.showEvents,
      "podbook.showYaml": this.showYaml,
      "podbook.openShell": this.openShell,
      "podbook.forwardPod": this.forwardPod,
      "podbook.copyKubectlCommand": this.copyCommand,
      "podbook.copyName": this.copyName,
    };
  }

  readonly showLogs: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "Logs of which pod?");
    const part = chosen && (await pickLogPart(chosen.name));
    if (!chosen || !part) return;
    const action = logsScript(chosen.subject, part, chosen.target.namespace);
    if (part.kind === "follow") await this.#follow(action.title, chosen, action.script);
    else await this.#parts.actions.run(action, chosen.target, "Show");
  };

  readonly describe: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "Describe which pod?");
    if (!chosen) return;
    await this.#parts.actions.run(describeScript(chosen.subject, chosen.target.namespace), chosen.target, "Describe");
  };

  readonly showEvents: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "Events of which pod?");
    if (!chosen) return;
    await this.#parts.actions.run(eventsScript(chosen.subject, chosen.target.namespace), chosen.target, "Show");
  };

  readonly showYaml: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "YAML of which pod?");
    if (!chosen) return;
    const connection = await this.#parts.actions.connect(chosen.target);
    await this.#parts.documents.show(connection, chosen.kind, chosen.name);
  };

  readonly openShell: CommandHandler = async (node) => {
    const at = await this.#choosePod(node, "A shell in which pod?");
    const container = at && (await pickContainer(at.pod, at.container));
    if (!at || container === undefined) return;
    const { actions, terminals } = this.#parts;
    const prepared = await actions.prepare(shellScript(at.pod.name, container, at.target.namespace), at.target);
    if (await actions.ask(prepared, "Open Shell")) await terminals.start(prepared);
  };

  readonly forwardPod: CommandHandler = async (node) => {
    const at = await this.#choosePod(node, "Forward a port of which pod?");
    if (!at) return;
    const wanted = await window.showInputBox({
      title: `Forward which port of ${at.pod.name}?`,
      prompt: "A free port of this machine leads there until you stop it.",
      validateInput: (text) => (isPort(text) ? undefined : "Type a port, from 1 to 65535."),
    });
    if (!wanted) return;
    const { title, script } = forwardPodScript(at.pod.name, Number(wanted), at.target.namespace);
    await this.#follow(title, at, script);
  };

  readonly copyCommand: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "Commands for which pod?");
    if (!chosen) return;
    const lines = kubectlCommands(chosen.subject, chosen.target);
    const line = await window.showQuickPick(lines, { title: `Copy a command for ${chosen.name}` });
    if (line) await env.clipboard.writeText(line);
  };

  readonly copyName: CommandHandler = async (node) => {
    const chosen = await this.#choose(node, "Name of which pod?");
    if (chosen) await env.clipboard.writeText(chosen.name);
  };

  /** Runs what goes on until the person stops it, by the notification or by Stop All Runs. */
  async #follow(title: string, { target }: { readonly target: Target }, script: string): Promise<void> {
    const execution = await this.#parts.actions.start({ title, script }, target, "Start");
    if (!execution) return;
    const shown = {
      location: ProgressLocation.Notification,
      title: `${title} · goes on until you cancel`,
      cancellable: true,
    };
    await window.withProgress(shown, async (_, cancelled) => {
      cancelled.onCancellationRequested(() => void execution.stop(patientStop));
      await execution.ended;
    });
  }

  async #choose(node: unknown, title: string): Promise<Chosen | undefined> {
    const row = this.#parts.choices.row(node);
    if (row?.kind !== "workload") {
      const at = await this.#choosePod(node, title);
      if (!at) return undefined;
      const { pod, container, target } = at;
      const subject: Subject = { kind: "pod", pod: pod.name, container };
      return { subject, target, pods: [pod], kind: "Pod", name: pod.name };
    }
    const known = await this.#parts.choices.known(node);
    if (!known) return undefined;
    const { kind, name, selector, pods } = row.workload;
    const subject: Subject =
      kind === "Pod"
        ? { kind: "pod", pod: name, container: null }
        : {
            kind: "workload",
            name: `${kind.toLowerCase()}/${name}`,
            selector,
            pods: pods.map((pod) => pod.name),
          };
    return { subject, target: known.target, pods, kind, name };
  }

  async #choosePod(node: unknown, title: string) {
    const row = this.#parts.choices.row(node);
    const container = row?.kind === "container" ? row.container.name : null;
    const chosen = await this.#parts.choices.pod(node, title);
    return chosen && { ...chosen, container };
  }
}

async function pickLogPart(name: string): Promise<LogPart | undefined> {
  const items: (QuickPickItem & { readonly part: LogPart | "ask" })[] = [
    { label: "$(list-flat) Last 500 lines", part: { kind: "last", lines: 500 } },
    { label: "$(sync) Follow", description: "new lines as they come, until you cancel", part: { kind: "follow" } },
    {
      label: "$(history) Before the last restart",
      description: "of the crashed containers",
      part: { kind: "previous" },
    },
    { label: "$(clock) Last 15 minutes", part: { kind: "since", duration: "15m" } },
    { label: "$(clock) Since…", description: "a time of your choice", part: "ask" },
  ];
  const chosen = (await window.showQuickPick(items, { title: `Logs of ${name}` }))?.part;
  if (chosen !== "ask") return chosen;
  const duration = await window.showInputBox({
    title: `Logs of ${name} since how long ago?`,
    placeHolder: "90s, 15m, 2h, 1h30m",
    validateInput: (text) => (isLogDuration(text) ? undefined : "Type hours, minutes and seconds, as in 1h30m or 90s."),
  });
  return duration ? { kind: "since", duration } : undefined;
}

/** The container that was chosen, the only one that runs, or what the person picks. */
async function pickContainer(pod: Pod, chosen: string | null): Promise<string | undefined> {
  if (chosen !== null) return chosen;
  const able = pod.containers.filter(({ state }) => state === "running");
  const [first] = able;
  if (!first) {
    await window.showWarningMessage(`No container of ${pod.name} runs, so there is none to open a shell in.`);
    return undefined;
  }
  if (able.length === 1) return first.name;
  return window.showQuickPick(
    able.map(({ name }) => name),
    { title: `A shell in which container of ${pod.name}?` },
  );
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
