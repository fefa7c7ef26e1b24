import { env, type QuickPickItem, window } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import type { ServicePort } from "../../cluster/gateway/servicePorts.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { Forwards, OpenForward } from "../forwards/forwards.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { CommandHandler } from "./command.ts";

/** How long the cluster may take to tell its services, in ms. */
const patienceMs = 10_000;

interface ServiceItem extends QuickPickItem {
  readonly service: ServicePort;
}

/** Forward a service to this machine, for clients that speak no HTTP; copy its address, and stop it. */
export class ForwardCommands {
  readonly #forwards: Forwards;
  readonly #targets: RunbookTargets;
  readonly #connections: Connections;

  constructor(forwards: Forwards, targets: RunbookTargets, connections: Connections) {
    this.#forwards = forwards;
    this.#targets = targets;
    this.#connections = connections;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.forwardService": this.forward,
      "podbook.copyForwardAddress": this.copyAddress,
      "podbook.stopForward": this.stop,
    };
  }

  /** Asks for a service of the active runbook's target, or of the settings' where no runbook is shown. */
  readonly forward: CommandHandler = async () => {
    if (!(await mayRun())) return;
    const document = window.activeTextEditor?.document;
    const runbook = document?.languageId === "markdown" ? document.uri : undefined;
    const pinned = await (runbook ? this.#targets.pin(runbook, []) : this.#targets.pinSettings());
    if (pinned === undefined) return;
    if (pinned === null) {
      await window.showWarningMessage("Nothing to forward: there is no kubeconfig.");
      return;
    }
    const { target } = pinned;
    const connection = await this.#connections.get(pinned, target.context);
    const ports = await connection.servicePorts(AbortSignal.timeout(patienceMs));
    if (ports.length === 0) {
      await window.showWarningMessage(`There is no service with a TCP port in ${describeTarget(target)}.`);
      return;
    }
    const chosen = await window.showQuickPick(ports.map(serviceItem), {
      title: `Forward which service of ${describeTarget(target)}?`,
      placeHolder: "It is reached at 127.0.0.1 until you stop it or close this window",
    });
    if (!chosen) return;
    const open = await this.#forwards.add(target, chosen.service, connection.services);
    await this.#tell(open);
  };

  /** The argument is a row of the Forwards view. */
  readonly copyAddress: CommandHandler = async (row) => {
    if (isOpenForward(row)) await env.clipboard.writeText(row.forward.address);
  };

  /** The argument is a row of the Forwards view; from the palette, a forward is asked for. */
  readonly stop: CommandHandler = async (row) => {
    const open = isOpenForward(row) ? row : await this.#choose();
    if (open) await this.#forwards.stop(open);
  };

  async #tell(open: OpenForward): Promise<void> {
    const { service, address } = open.forward;
    const copy = "Copy Address";
    const message = `${service.service}:${service.port} is at ${address} until you stop it or close this window.`;
    const choice = await window.showInformationMessage(message, copy, "Stop");
    if (choice === copy) await env.clipboard.writeText(address);
    else if (choice === "Stop") await this.#forwards.stop(open);
  }

  async #choose(): Promise<OpenForward | undefined> {
    const items = this.#forwards.all.map((open) => ({
      label: `${open.forward.service.service}:${open.forward.service.port}`,
      description: open.forward.address,
      open,
    }));
    if (items.length > 0) return (await window.showQuickPick(items, { title: "Stop which forward?" }))?.open;
    await window.showInformationMessage("Nothing is forwarded.");
    return undefined;
  }
}

function serviceItem(service: ServicePort): ServiceItem {
  return { label: `${service.service}:${service.port}`, description: service.name, service };
}

function isOpenForward(row: unknown): row is OpenForward {
  return typeof row === "object" && row !== null && "forward" in row;
}
