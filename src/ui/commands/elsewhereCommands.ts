import { randomBytes } from "node:crypto";
import { commands, window } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import { type ClusterPlace, clusterRunScript, withEffectsOf } from "../../plan/clusterRun.ts";
import { describeTarget } from "../../plan/plan.ts";
import type { PreparedRun } from "../../run/preparedRun.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import { givenBlock } from "../lens/givenBlock.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { PlanRunner } from "../planRunner.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { clusterRunSettings } from "../settings.ts";
import type { TerminalRuns } from "../terminal/terminalRuns.ts";
import type { CommandHandler } from "./command.ts";

/** What the commands need that run a block elsewhere. */
export interface ElsewhereCommandParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly preparation: RunPreparation;
  readonly runner: PlanRunner;
  readonly connections: Connections;
  readonly terminals: TerminalRuns;
}

/** How long the cluster may take to tell its toolbox pods, in ms. */
const patienceMs = 10_000;
const noBlock = "Put the cursor into a shell block of a Markdown runbook, then run it.";

/** Run a block where it has a keyboard, or inside the cluster. */
export class ElsewhereCommands {
  readonly #parts: ElsewhereCommandParts;

  constructor(parts: ElsewhereCommandParts) {
    this.#parts = parts;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.runBlockInTerminal": this.runInTerminal,
      "podbook.runBlockInCluster": this.runInCluster,
    };
  }

  /** Arguments as the lens gives them; from the palette, the block at the cursor. */
  readonly runInTerminal: CommandHandler = async (uri, key) => {
    const { runbooks, preparation, runner, terminals } = this.#parts;
    const at = await givenBlock(runbooks, uri, key);
    if (!at) return this.#noBlock();
    if (!(await mayRun())) return;
    const prepared = await preparation.block(at.document, at.followed.block, "block");
    if (prepared && (await runner.ask(prepared, "Run in Terminal"))) await terminals.start(prepared);
  };

  /** Arguments as the lens gives them; from the palette, the block at the cursor. */
  readonly runInCluster: CommandHandler = async (uri, key) => {
    const { runbooks, blockRuns, preparation, runner } = this.#parts;
    const at = await givenBlock(runbooks, uri, key);
    if (!at) return this.#noBlock();
    if (!(await mayRun())) return;
    await blockRuns.run(at.followed.key, async (preparing) => {
      const block = await preparation.block(at.document, at.followed.block, "block");
      const prepared = block && (await this.#inCluster(block));
      return prepared ? runner.run(prepared, { verb: "Run in Cluster", preparing }) : null;
    });
  };

  async #inCluster({ plan, pinned, origin }: PreparedRun): Promise<PreparedRun | undefined> {
    if (!pinned) {
      await window.showWarningMessage("Not run: there is no kubeconfig, so there is no cluster to run it in.");
      return undefined;
    }
    const place = await this.#place(pinned);
    if (!place) return undefined;
    const script = clusterRunScript(plan.script, place);
    const title = `${plan.title} (in pod ${place.pod})`;
    const prepared = await this.#parts.preparation.script(title, script, plan.directory, pinned);
    // The pod that it makes and deletes is not there yet: there is nothing to count.
    const preview = place.kind === "new" ? { ...prepared.preview, impacts: [] } : prepared.preview;
    return { plan: withEffectsOf(plan, prepared.plan), pinned, preview, origin };
  }

  /** A toolbox pod that is there, else one to be made of the user's image; undefined where there is neither. */
  async #place(pinned: PinnedTarget): Promise<ClusterPlace | undefined> {
    const { image, serviceAccount, toolboxSelector } = clusterRunSettings();
    const { namespace, context } = pinned.target;
    const connection = await this.#parts.connections.get(pinned, context);
    const toolbox =
      toolboxSelector === "" ? null : await connection.readyPod(toolboxSelector, AbortSignal.timeout(patienceMs));
    if (toolbox !== null) return { kind: "toolbox", namespace, pod: toolbox };
    if (image !== "") {
      const pod = `podbook-${randomBytes(4).toString("hex")}`;
      return { kind: "new", namespace, pod, image, serviceAccount };
    }
    const settings = "Open Settings";
    const missing = toolboxSelector === "" ? "no toolbox is set" : `no ready pod with the label ${toolboxSelector}`;
    const message = `Not run: ${missing} in ${describeTarget(pinned.target)}, and podbook.run.image names no image to make one of.`;
    if ((await window.showWarningMessage(message, settings)) === settings) {
      await commands.executeCommand("workbench.action.openSettings", "podbook.run");
    }
    return undefined;
  }

  async #noBlock(): Promise<void> {
    await window.showInformationMessage(noBlock);
  }
}
