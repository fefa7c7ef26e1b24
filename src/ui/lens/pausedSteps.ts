import { EventEmitter, type QuickPickItem, window } from "vscode";
import type { Plan } from "../../plan/plan.ts";

type Answer = "run" | "skip";

interface Pause {
  /** Index of the command that waits, in the plan. */
  readonly index: number;
  readonly answer: (answer: Answer) => void;
  readonly hidePick: () => void;
}

const continueItem: QuickPickItem = { label: "$(debug-continue) Continue", description: "run this command" };
const skipItem: QuickPickItem = { label: "$(debug-step-over) Skip", description: "leave this command out" };
const stopItem: QuickPickItem = { label: "$(debug-stop) Stop", description: "end the run here" };

/** The runs that wait before a command for a person to say how to go on, by the keys of their blocks. */
export class PausedSteps {
  readonly #pauses = new Map<string, Pause>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** Index of the command that the run of a block waits at; undefined while it does not wait. */
  at(key: string): number | undefined {
    return this.#pauses.get(key)?.index;
  }

  /**
   * Waits for the answer, which a pick and the lenses over the command offer; `stop` ends the run instead. A pick that
   * is left with Escape leaves the question to the lenses.
   */
  ask(key: string, plan: Plan, index: number, lastStatus: number, stop: () => void): Promise<Answer> {
    const pick = window.createQuickPick();
    pick.title = `${index + 1} of ${plan.commands.length}${index > 0 ? ` · the one before gave exit ${lastStatus}` : ""}`;
    pick.placeholder = plan.commands[index]?.text.split("\n", 1)[0] ?? "";
    pick.items = [continueItem, skipItem, stopItem];
    pick.ignoreFocusOut = true;
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen === stopItem) {
        pick.hide();
        stop();
      } else this.answer(key, chosen === skipItem ? "skip" : "run");
    });
    pick.onDidHide(() => pick.dispose());
    pick.show();
    return new Promise((resolve) => {
      this.#pauses.set(key, { index, answer: resolve, hidePick: () => pick.hide() });
      this.#changed.fire();
    });
  }

  answer(key: string, answer: Answer): void {
    const pause = this.#pauses.get(key);
    this.forget(key);
    pause?.answer(answer);
  }

  /** For a run that has ended: nobody waits any more. */
  forget(key: string): void {
    this.#pauses.get(key)?.hidePick();
    if (this.#pauses.delete(key)) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
