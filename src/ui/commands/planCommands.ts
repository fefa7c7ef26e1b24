import { Uri, window, workspace } from "vscode";
import { describePlan } from "../../plan/preview.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { questionText } from "../shownText.ts";
import type { CommandHandler } from "./command.ts";

/** Look at a plan without running it, and choose what a runbook runs on. */
export class PlanCommands {
  readonly #runbooks: OpenRunbooks;
  readonly #preparation: RunPreparation;
  readonly #targets: RunbookTargets;

  constructor(runbooks: OpenRunbooks, preparation: RunPreparation, targets: RunbookTargets) {
    this.#runbooks = runbooks;
    this.#preparation = preparation;
    this.#targets = targets;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.showPlan": this.showPlan,
      "podbook.chooseTarget": this.chooseTarget,
    };
  }

  /** Arguments as the lens gives them; from the palette, the block at the cursor. */
  readonly showPlan: CommandHandler = async (uri, key) => {
    const editor = window.activeTextEditor;
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : editor?.document;
    const followed =
      document &&
      (typeof key === "string"
        ? this.#runbooks.block(document, key)
        : this.#runbooks.blockAt(document, editor?.selection.active.line ?? -1));
    const looked = document && followed && (await this.#preparation.look(document, followed.block));
    if (!looked) {
      await window.showInformationMessage("Put the cursor into a shell block of a Markdown runbook to see its plan.");
      return;
    }
    const detail = questionText(describePlan(looked.plan, looked.preview).join("\n"));
    await window.showInformationMessage(looked.plan.title, { modal: true, detail });
  };

  /** The argument is the runbook's URI; from the palette, the active editor's. */
  readonly chooseTarget: CommandHandler = async (uri) => {
    const runbook = uri instanceof Uri ? uri : window.activeTextEditor?.document.uri;
    if (runbook) await this.#targets.choose(runbook);
    else await window.showInformationMessage("Open a runbook to choose what it runs on.");
  };
}
