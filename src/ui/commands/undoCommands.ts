import { window } from "vscode";
import { undoTitle } from "../../recovery/actions.ts";
import { mayRun } from "../prompts/trust.ts";
import type { ActionRunner } from "../recovery/actionRunner.ts";
import type { NotedChanges } from "../recovery/notedChanges.ts";
import { messageText } from "../shownText.ts";
import type { CommandHandler } from "./command.ts";

/** Puts back what the last recovery action changed, as it was noted before; where it ran, whatever is shown now. */
export class UndoCommands {
  readonly #changes: NotedChanges;
  readonly #actions: ActionRunner;

  constructor(changes: NotedChanges, actions: ActionRunner) {
    this.#changes = changes;
    this.#actions = actions;
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return { "podbook.undoLastChange": this.undo };
  }

  readonly undo: CommandHandler = async () => {
    if (!(await mayRun())) return;
    const last = this.#changes.all.at(-1);
    if (!last) {
      await window.showInformationMessage("There is nothing to undo: no recovery action has changed anything.");
      return;
    }
    const { undo, target, title } = last;
    if ("cannot" in undo) {
      const forget = "Forget It";
      const message = `“${title}” cannot be undone: ${undo.cannot}. Forget it to undo the change before it.`;
      if ((await window.showWarningMessage(messageText(message), forget)) === forget) await this.#changes.dropLast();
      return;
    }
    const script = { title: `${undoTitle}${undo.title}`, script: undo.script };
    if (await this.#actions.run(script, target, "Undo")) await this.#changes.dropLast();
  };
}
